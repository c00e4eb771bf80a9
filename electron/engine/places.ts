import { readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { z } from 'zod';
import type { placeSchema } from '../../shared/contract/file-calls.ts';
import { Problem } from '../../shared/model/problem.ts';
import type { Grants } from './grants.ts';

type Place = z.infer<typeof placeSchema>;

/** Most places shown of one folder: more is no help to a person, and a folder may hold a million. */
const MOST = 2000;

export interface Places {
  /** Refuses a path that leads out of the root folders, by a link for example. */
  check(path: string): Promise<void>;
  /** The root folders without links: nothing outside them may be read. */
  bounds(): Promise<string[]>;
  list(place: string | null): Promise<{ trail: Place[]; places: Place[]; truncated: boolean }>;
}

/**
 * The folder chooser of the browser entry: shows folders and submission files below the root folders and nothing
 * else, links that lead out of them included.
 */
export function createPlaces(grants: Grants, roots: readonly string[]): Places {
  const place = (path: string, kind: Place['kind']): Place => {
    const { grant, name } = grants.issue(path);
    return { id: grant, name, kind };
  };

  async function rootOf(path: string): Promise<{ root: string; real: string }> {
    const real = await realpath(path).catch(() => null);
    for (const root of real === null ? [] : roots) {
      const inside = relative(await realpath(root).catch(() => root), real ?? '');
      if (real !== null && !inside.startsWith('..') && !inside.startsWith('/')) return { root, real };
    }
    throw new Problem('outside-roots', `${basename(path)} is not below the folders this Slipway may show.`, {
      advice: 'Start it with --root and the folder you need.',
    });
  }

  return {
    async check(path) {
      await rootOf(path);
    },
    bounds: () => Promise.all(roots.map((root) => realpath(root).catch(() => root))),
    async list(id) {
      if (id === null)
        return { trail: [], places: roots.map((root) => place(root, 'folder')), truncated: false };
      const path = grants.path(id);
      const { root } = await rootOf(path);
      const entries = await readdir(path, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
        throw new Problem('unreadable-folder', `${basename(path)} cannot be opened.`, {
          cause: error.code === 'EACCES' ? 'You have no rights to read it.' : error.message,
          advice: 'Ask its owner for the right to read, or pick another folder.',
        });
      });
      const shown: { name: string; kind: Place['kind'] }[] = [];
      for (const entry of entries) {
        if (entry.name.startsWith('.')) continue;
        if (entry.isDirectory() || entry.isSymbolicLink()) shown.push({ name: entry.name, kind: 'folder' });
        else if (entry.name.endsWith('.slipway')) shown.push({ name: entry.name, kind: 'submission-file' });
      }
      shown.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
      const trail: Place[] = [];
      for (let at = path; ; at = dirname(at)) {
        trail.unshift(place(at, 'folder'));
        if (at === root || dirname(at) === at) break;
      }
      return {
        trail,
        places: shown.slice(0, MOST).map(({ name, kind }) => place(join(path, name), kind)),
        truncated: shown.length > MOST,
      };
    },
  };
}
