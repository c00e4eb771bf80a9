import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { withCoarserLevels } from './coarser-levels.ts';
import { grantedPath, openRangeFile, type RangeFile } from './granted-files.ts';
import { openPictureSource } from './picture-source.ts';
import { asPixelProblem, cannotRead, damaged } from './pixel-problems.ts';
import type { PixelSource } from './pixel-source.ts';
import { openTiffSource } from './tiff/tiff-source.ts';
import { openZarrSource, openZippedZarrSource } from './zarr/zarr-source.ts';

/** The part of a TIFF with a colour table that stands for its numbers instead of its colours. */
export const NUMBERS = 'numbers';

/**
 * Opens an image: a file by its first bytes, whatever its name, a zipped OME-Zarr among them, or the folder of an
 * OME-Zarr. `part` names a label
 * image of an OME-Zarr (`labels/nuclei`), or is `numbers` for the numbers of a TIFF with a colour table.
 * Everything that cannot be shown right ends in a Problem that names the file.
 */
export async function openSource(path: string, part: string): Promise<PixelSource> {
  try {
    const real = grantedPath(path);
    const found = await stat(real);
    const source = found.isDirectory() ? await openZarrSource(real, part) : await openFile(real, part);
    return withCoarserLevels(source);
  } catch (error) {
    throw asPixelProblem(error, path);
  }
}

async function openFile(path: string, part: string): Promise<PixelSource> {
  const file = await openRangeFile(path);
  try {
    if (await isZip(file)) return await openZippedZarrSource(file, part);
    if (part !== '' && part !== NUMBERS) throw cannotRead(file.name, `It has no part "${part}".`);
    if (file.size === 0) throw damaged(file.name, 'It is empty (0 bytes).');
    const tiff = await openTiffSource(file, { paletteNumbers: part === NUMBERS });
    const source = tiff ?? (await openPictureSource(file));
    if (source) return source;
    throw await unknownFormat(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function isZip(file: RangeFile): Promise<boolean> {
  if (file.size < 4) return false;
  const [p, k, third] = await file.read(0, 4);
  return p === 0x50 && k === 0x4b && (third === 3 || third === 5);
}

async function unknownFormat(file: RangeFile) {
  const head = new TextDecoder('latin1').decode(await file.read(0, Math.min(file.size, 64)));
  if (head.startsWith('version https://git-lfs')) {
    return damaged(
      file.name,
      'It is a Git LFS pointer of some lines of text. The image itself was never downloaded.',
    );
  }
  if (/\.tiff?$/i.test(file.name))
    return damaged(file.name, 'It is named like a TIFF but does not begin like one.');
  return cannotRead(file.name, `"${basename(file.name)}" is none of TIFF, OME-TIFF, OME-Zarr, PNG and JPEG.`);
}
