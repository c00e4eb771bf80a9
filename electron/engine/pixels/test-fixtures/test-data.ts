import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Real files of other projects, beside the repository; absent on most machines. */
export const dataFolder = resolve(import.meta.dirname, '..', '..', '..', '..', '..', 'shared', 'data');
export const hasData = existsSync(join(dataFolder, 'SOURCES.md'));
export const dataFile = (path: string) => join(dataFolder, path);

/** One row of the tables of SOURCES.md. */
export interface SourceRow {
  readonly path: string;
  readonly isFolder: boolean;
  /** Minimum and maximum of the first page or array by an independent decoder; null when not given. */
  readonly range: readonly [number, number] | null;
  readonly storage: string;
  /** What geotiff or zarrita did with it. */
  readonly reader: string;
}

/** The images among the rows of SOURCES.md. */
export function imageRows(): SourceRow[] {
  if (!hasData) return [];
  const rows: SourceRow[] = [];
  for (const line of readFileSync(join(dataFolder, 'SOURCES.md'), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim());
    const place = /^`([^`]+)`(\/?)$/.exec(cells[1] ?? '');
    // The tables of files have nine columns; others name files too.
    if (!place?.[1] || cells.length < 10) continue;
    const [, path, slash] = place;
    const isFolder = slash === '/';
    if (isFolder ? !path.startsWith('ome-zarr/') : !/\.(tiff?|svs|png|jpe?g|zarr\.zip|zip)$/i.test(path))
      continue;
    if (path.endsWith('.zip') && !path.startsWith('ome-zarr/')) continue;
    const range = /^(-?[\d.e+-]+)…(-?[\d.e+-]+)$/.exec(cells[5] ?? '');
    rows.push({
      path,
      isFolder,
      range: range ? [Number(range[1]), Number(range[2])] : null,
      storage: cells[4] ?? '',
      reader: cells[6] ?? '',
    });
  }
  return rows;
}
