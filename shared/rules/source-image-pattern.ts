import { splitExtension } from './file-kinds.ts';

/** What a pattern may name of a path: its folders, its name, its name without the extension (`a.ome.tif` is `a`). */
export const patternParts = ['folder', 'name', 'stem'] as const;
type PatternPart = (typeof patternParts)[number];

/** Whether a text names parts of a path, so that each file gets a text of its own. */
export function isPattern(text: string): boolean {
  return /\{[^{}]*\}/.test(text);
}

/** The first part a pattern names that there is none of, as it stands there; null when all are known. */
export function unknownPart(pattern: string): string | null {
  const names = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name ?? '');
  return names.find((name) => !patternParts.some((part) => part === name)) ?? null;
}

/**
 * A pattern with the parts of one path in it, `/` between its segments: `images/{stem}.ome.zarr` for `raw/a.tif` is
 * `images/a.ome.zarr`. A file in no folder leaves no slash behind where its folder would be.
 */
export function fillPattern(pattern: string, path: string): string {
  const cut = path.lastIndexOf('/');
  const name = path.slice(cut + 1);
  const folder = path.slice(0, Math.max(0, cut));
  const parts: Record<PatternPart, string> = { folder, name, stem: splitExtension(name).stem };
  const text = folder === '' ? pattern.replaceAll('{folder}/', '') : pattern;
  return text.replace(/\{(folder|name|stem)\}/g, (_, part: PatternPart) => parts[part]);
}
