import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beginnings of files, so that looking into them has something to see. */
const tiff = Buffer.concat([Buffer.from('II*\0'), Buffer.alloc(28)]);
const nothing = Buffer.alloc(0);

/**
 * The shapes of folders that labs have, for a number of files: `mixed` is images with masks in wide folders (half),
 * OME-Zarr-like stores (three tenths) and deep chains of folders (the rest); the others are only one of these. In `wide`
 * and `deep` no item has many files, the heaviest case for an index: each file is a row, of a long path in `deep`.
 */
export const trees = {
  mixed: (folder: string, files: number) => {
    const zarr = Math.round(files * 0.3);
    const deep = Math.round(files * 0.2);
    wide(join(folder, 'wide'), files - zarr - deep, 5000, true);
    stores(join(folder, 'zarr'), zarr);
    chains(join(folder, 'deep'), deep);
  },
  wide: (folder: string, files: number) => wide(folder, files, 10_000, false),
  deep: (folder: string, files: number) => chains(folder, files),
  'zarr-like': (folder: string, files: number) => stores(folder, files),
} as const;

export type TreeName = keyof typeof trees;

/** Folders of images; with masks, half of the files are the masks of the others. */
function wide(root: string, files: number, perFolder: number, withMasks: boolean): void {
  for (let made = 0, folder = 0; made < files; folder++) {
    const path = join(root, `plate${String(folder).padStart(3, '0')}`);
    mkdirSync(path, { recursive: true });
    for (let n = 0; n < perFolder && made < files; n++, made++) {
      const number = String(withMasks ? n >> 1 : n).padStart(6, '0');
      const ending = withMasks && n % 2 === 1 ? '_mask.tif' : '.tif';
      writeFileSync(`${path}/img_${folder}_${number}${ending}`, n % 8 === 0 ? tiff : nothing);
    }
  }
}

/** Zarr stores of 10,000 chunks in folders of 32. */
function stores(root: string, files: number): void {
  const attributes = JSON.stringify({ multiscales: [{ version: '0.4', datasets: [{ path: '0' }] }] });
  for (let made = 0, store = 0; made < files; store++) {
    const path = join(root, `image${store}.zarr`);
    mkdirSync(join(path, '0'), { recursive: true });
    for (const [name, content] of [
      ['.zattrs', attributes],
      ['.zgroup', '{"zarr_format":2}'],
      ['0/.zarray', '{"zarr_format":2}'],
    ] as const) {
      if (made < files) writeFileSync(join(path, name), content);
      made++;
    }
    for (let row = 0; row < 313 && made < files; row++) {
      const chunks = join(path, '0', String(row));
      mkdirSync(chunks);
      for (let n = 0; n < 32 && made < files; n++, made++) {
        writeFileSync(`${chunks}/${n}`, n % 8 === 0 ? tiff : nothing);
      }
    }
  }
}

/** Chains of folders fifty deep with ten files in each. */
function chains(root: string, files: number): void {
  for (let made = 0, chain = 0; made < files; chain++) {
    let path = join(root, `chain${chain}`);
    for (let depth = 0; depth < 50 && made < files; depth++) {
      path += `/level${depth}`;
      mkdirSync(path, { recursive: true });
      for (let n = 0; n < 10 && made < files; n++, made++) writeFileSync(`${path}/f${n}.dat`, nothing);
    }
  }
}
