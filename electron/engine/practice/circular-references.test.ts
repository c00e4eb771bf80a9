import { describe, expect, it } from 'vitest';
import { folderHolding } from './circular-references.ts';

describe('a folder that holds a file', () => {
  it('is found by the text of the path', () => {
    const folders = new Set(['a/b', 'c']);
    expect(folderHolding('a/b/x.tif', folders)).toBe('a/b');
    expect(folderHolding('c/d/e/x.tif', folders)).toBe('c');
    expect(folderHolding('a/bb/x.tif', folders)).toBeNull();
    expect(folderHolding('a/b', folders)).toBeNull();
    expect(folderHolding('/c/x', folders)).toBeNull();
  });
});
