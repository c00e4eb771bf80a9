import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/** Real images and masks beside the checkout; not part of the project. Null where they are not. */
export const testData: string | null = (() => {
  const folder = resolve(import.meta.dirname, '..', '..', 'shared', 'data');
  return existsSync(folder) ? folder : null;
})();
