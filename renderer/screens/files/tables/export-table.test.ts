import { expect, test } from 'vitest';
import { withCommas } from './export-table.ts';

test('cells with commas, quotes and line ends stay one cell', () => {
  expect(withCommas('path\tnote\na,b.tif\t"two\nlines"\nc.tif\tsaid "so"\n')).toBe(
    'path,note\r\n"a,b.tif","two\nlines"\r\nc.tif,said "so"\r\n',
  );
});
