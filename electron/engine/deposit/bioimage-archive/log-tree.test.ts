import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArchiveError } from './log-tree.ts';

const node = (message: string, subnodes: unknown[] = [], level = 'ERROR') => ({ level, message, subnodes });
const body = (log: unknown) => JSON.stringify({ status: 'FAIL', log });

describe('the words of an error answer', () => {
  it('are those of the leaves, without the wrappers', () => {
    const tree = node('Submission validation errors', [
      node('Release date cannot be in the past'),
      node('Section Study', [node('Element x was not created', [], 'ERROR'), node('fine', [], 'INFO')]),
    ]);
    expect(readArchiveError(body(tree))).toEqual({
      words: 'Release date cannot be in the past.\nElement x was not created.',
      verdict: true,
    });
  });

  it('are the wrapper when there is nothing else', () => {
    expect(readArchiveError(body(node('Error processing submission'))).words).toBe(
      'Error processing submission.',
    );
  });

  it('name missing files but not the sources that only staff can read', () => {
    const message =
      'The following files could not be found:\n  - a/b.tif\nReferenced in file list: l.tsv\nList of available sources:\n  - /nfs/x';
    expect(readArchiveError(body(node(message))).words).toBe(
      'The following files could not be found:\n- a/b.tif\nReferenced in file list: l.tsv',
    );
  });

  it('are cut when a thousand files are missing', () => {
    const files = Array.from({ length: 1000 }, (_, n) => `  - f${n}.tif`).join('\n');
    const { words } = readArchiveError(body(node(`The following files could not be found:\n${files}`)));
    expect(words.split('\n').length).toBeLessThan(15);
    expect(words).toContain('lines more');
  });

  it('are those of the security filter, and of a gateway page, which is no verdict', () => {
    expect(readArchiveError('{"message":"Access Denied"}')).toEqual({
      words: 'Access Denied.',
      verdict: false,
    });
    const page = '<html>\r\n<head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
    expect(readArchiveError(page)).toEqual({
      words: 'A web page came back instead: "502 Bad Gateway".',
      verdict: false,
    });
    expect(readArchiveError('<html></html>').words).toContain('web page');
    expect(readArchiveError('  ')).toEqual({ words: '', verdict: false });
  });

  it('come out bounded, whatever comes in', () => {
    const tree = fc.letrec((tie) => ({
      node: fc.record(
        {
          message: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
          level: fc.oneof(fc.constantFrom('ERROR', 'INFO', 'WARN'), fc.integer()),
          subnodes: fc.oneof(fc.array(tie('node'), { maxLength: 4 }), fc.string()),
        },
        { requiredKeys: [] },
      ),
    })).node;
    fc.assert(
      fc.property(fc.oneof(tree.map(body), fc.string(), fc.json()), (text) => {
        const { words, verdict } = readArchiveError(text);
        expect(words.length).toBeLessThanOrEqual(12_000);
        if (verdict) expect(words).not.toBe('');
      }),
    );
  });

  it('survive a tree of a hundred thousand levels', () => {
    const deep = `${'{"message":"x","subnodes":['.repeat(100_000)}${']}'.repeat(100_000)}`;
    expect(readArchiveError(`{"log":${deep}}`).words.length).toBeLessThan(1000);
  });
});
