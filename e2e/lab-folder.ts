import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { testData } from './test-data.ts';

/** A folder as people bring it, made of copies of real files and a few troubles. */
export interface LabFolder {
  /** What the window may show; the folder lies in it. */
  readonly root: string;
  readonly rootName: string;
  /** Name of the folder to add. */
  readonly name: string;
  readonly path: string;
  /** SHA-256 of every file, by its path with the folder's name in front, as a receipt names it. */
  checksums(): Map<string, string>;
  remove(): void;
}

/** Copies files of the test data; `files` says where each goes. Nothing of the test data itself is touched. */
export function makeLabFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): LabFolder {
  const root = mkdtempSync(join(tmpdir(), 'slipway-lab-'));
  const path = join(root, name);
  for (const [to, from] of Object.entries(files)) {
    const target = join(path, to);
    mkdirSync(dirname(target), { recursive: true });
    if (typeof from !== 'string') writeFileSync(target, from);
    else if (testData !== null) cpSync(join(testData, from), target, { recursive: true });
  }
  return {
    root,
    rootName: basename(root),
    name,
    path,
    checksums() {
      const all = readdirSync(path, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      return new Map(
        all.map((one) => {
          const file = join(one.parentPath, one.name);
          return [`${name}/${relative(path, file)}`, sha256(readFileSync(file))];
        }),
      );
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
