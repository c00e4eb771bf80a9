import { stat } from 'node:fs/promises';
import path from 'node:path';
import { ArchiveError, badFileList, missingFiles } from './archive-error.ts';
import { type ListFormat, listFormatOf, readStoredList } from './file-list-reader.ts';
import type { PageFile } from './pagetab.ts';
import { requireServerPath } from './path-rule.ts';
import { findInside } from './user-paths.ts';

/** A file or folder that a submission names and a source holds. `size` is bytes. */
export interface FoundFile {
  readonly path: string;
  readonly size: number;
  readonly type: 'file' | 'directory';
}

/** A stored file list: where it lies and how to read it. */
export interface FoundList {
  readonly file: string;
  readonly format: ListFormat;
}

/** The places where files of a submission are looked for. */
export interface FileSources {
  /** Checks the server's path rule, then looks; null when no source holds it. */
  find(wanted: PageFile, listName?: string): Promise<FoundFile | null>;
  /** As `find`, but a file that is nowhere is an error. */
  get(wanted: PageFile, listName?: string): Promise<FoundFile>;
  /** Finds a file list by its name. Throws for a wrong extension or name, a folder, and a list that is not there. */
  findList(name: string): Promise<FoundList>;
  /** The error for files that no source holds. */
  missing(paths: readonly string[], listName?: string): ArchiveError;
}

/** A place to look in; both answer null for what is not there. */
export interface FileSource {
  readonly description: string;
  find(path: string): Promise<FoundFile | null>;
  findList(path: string): Promise<string | null>;
}

/** Combines places, the first that holds a file wins. */
export function combineSources(sources: readonly FileSource[]): FileSources {
  const descriptions = sources.map((source) => source.description);
  const missing = (paths: readonly string[], listName?: string) =>
    missingFiles(paths, descriptions, listName);
  const find = async (wanted: PageFile, listName?: string) => {
    requireServerPath(wanted.path, listName);
    // A folder may be named by the zip file that will be made of it (BioStudies FtpSource).
    const name = wanted.type === 'directory' ? wanted.path.replace(/\.zip$/, '') : wanted.path;
    for (const source of sources) {
      const found = await source.find(name);
      if (found !== null) return found;
    }
    return null;
  };
  return {
    find,
    missing,
    async get(wanted, listName) {
      const found = await find(wanted, listName);
      if (found === null) throw missing([wanted.path], listName);
      return found;
    },
    async findList(name) {
      const format = listFormatOf(name);
      requireServerPath(name);
      for (const source of sources) {
        const file = await source.findList(name);
        if (file === null) continue;
        if (!(await stat(file)).isFile()) throw badFileList(name, "A directory can't be used as File List");
        return { file, format };
      }
      throw missing([name]);
    },
  };
}

/** The user's own space, or the folder below it that `RootPath` names. */
export function userSource(userFolder: string, user: string, rootPath: string | null): FileSource {
  const locate = async (wanted: string): Promise<string | null> => {
    // A path from the disk's root passes the server's rule, but names nothing in the user's space.
    if (wanted.startsWith('/')) return null;
    try {
      return await findInside(userFolder, rootPath === null ? wanted : `${rootPath}/${wanted}`);
    } catch (error) {
      if (error instanceof ArchiveError) return null;
      throw error;
    }
  };
  return {
    description: rootPath === null ? `${user} user files` : `${user} user files in /${rootPath}`,
    findList: locate,
    async find(wanted) {
      const file = await locate(wanted);
      if (file === null) return null;
      const facts = await stat(file);
      return { path: wanted, size: facts.size, type: facts.isDirectory() ? 'directory' : 'file' };
    },
  };
}

/**
 * The files of the version processed before, known by the lists kept of it; the archive keeps no copy of the data.
 *
 * @param folder the folder of the processed submission
 * @param files the files its sections name themselves
 */
export function previousVersionSource(
  folder: string,
  files: readonly PageFile[],
  lists: readonly string[],
): FileSource {
  let known: Promise<Map<string, FoundFile>> | null = null;
  const load = async () => {
    const found = new Map<string, FoundFile>();
    for (const { path: name } of files) found.set(name, { path: name, size: 0, type: 'file' });
    for (const list of lists) {
      for await (const rows of readStoredList(path.join(folder, 'Files', list), 'json')) {
        for (const row of rows) {
          const type = row.type === 'directory' ? 'directory' : 'file';
          found.set(row.path, { path: row.path, size: 0, type });
        }
      }
    }
    return found;
  };
  return {
    description: 'Previous version files [FTP]',
    async find(wanted) {
      known ??= load();
      return (await known).get(wanted) ?? null;
    },
    findList: (wanted) => findInside(path.join(folder, 'Files'), wanted).catch(() => null),
  };
}
