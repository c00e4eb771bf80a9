import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Problem } from '../../../shared/model/problem.ts';
import { openImage } from './open-image.ts';

const failing = (code: string) => ({ open: () => Promise.reject(new Problem(code, 'No.')) });

it('says of a file in a folder that is gone that it is not there, not that it lies outside', async () => {
  const gone = join(import.meta.dirname, 'nowhere', 'a.tif');
  await expect(openImage(failing('not-granted'), gone, '')).rejects.toMatchObject({
    code: 'file-gone',
    message: '"a.tif" is not there now.',
  });
});

it('leaves every other reason as it is', async () => {
  const here = join(import.meta.dirname, 'open-image.ts');
  await expect(openImage(failing('not-granted'), here, '')).rejects.toMatchObject({ code: 'not-granted' });
  await expect(openImage(failing('damaged-image'), '/nowhere', '')).rejects.toMatchObject({
    code: 'damaged-image',
  });
});
