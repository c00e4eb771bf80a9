import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { writeOmeZarr } from './ome-zarr-writer.ts';
import { drawScene } from './scene.ts';
import { hyperstackDescription, writeTiff } from './tiff-writer.ts';

/** Size of a pixel of every sample, in micrometres. */
const PIXEL = 0.325;

/**
 * Writes the sample data into `folder/Nuclei samples` and returns that folder; what is already there stays.
 * Five fields of nuclei with instance masks, a z-stack with its mask, and an OME-Zarr with labels. One name has
 * a character the archive refuses, and one mask has lost its image, so that there is something to check and fix.
 */
export async function makeSampleData(folder: string): Promise<string> {
  const target = join(folder, 'Nuclei samples');
  if (existsSync(target)) return target;
  const making = `${target}.making`;
  rmSync(making, { recursive: true, force: true });
  for (const part of ['images', 'masks', 'stack']) mkdirSync(join(making, part), { recursive: true });
  const write = (path: string, data: Uint8Array | string) => writeFileSync(join(making, path), data);

  const names = ['field-01', 'field-02', 'field-03', 'field-04', 'field-05 +drug'];
  for (const [index, name] of names.entries()) {
    // Between two pictures the engine answers whoever else asks.
    await setImmediate();
    const scene = drawScene(100 + index, 512, 42 + index * 6);
    write(
      `images/${name}.tif`,
      writeTiff([scene.nuclei, scene.cytoplasm], hyperstackDescription(2, 1, PIXEL, 1), PIXEL),
    );
    write(`masks/${name}_mask.tif`, writeTiff([scene.labels], '', PIXEL));
  }
  write('masks/field-06_mask.tif', writeTiff([drawScene(200, 512, 30).labels], '', PIXEL));

  const slices = Array.from({ length: 11 }, (_, z) => drawScene(300, 192, 14, Math.abs(z - 5) / 5));
  const stack = hyperstackDescription(1, slices.length, PIXEL, 1);
  write(
    'stack/embryo.tif',
    writeTiff(
      slices.map(({ nuclei }) => nuclei),
      stack,
      PIXEL,
    ),
  );
  write(
    'stack/embryo_mask.tif',
    writeTiff(
      slices.map(({ labels }) => labels),
      stack,
      PIXEL,
    ),
  );

  const scene = drawScene(400, 384, 36);
  writeOmeZarr(
    join(making, 'tissue.ome.zarr'),
    [
      { plane: scene.nuclei, name: 'DNA', color: '4FA8FF' },
      { plane: scene.cytoplasm, name: 'Actin', color: 'FFB347' },
    ],
    { plane: scene.labels, name: 'nuclei' },
    PIXEL,
  );
  write(
    'README.txt',
    'Made by Slipway: synthetic nuclei, no microscope was involved. Use it as you like (CC0).\n',
  );
  // Under its name only once it is whole: a program killed half-way leaves no half sample set behind.
  renameSync(making, target);
  return target;
}
