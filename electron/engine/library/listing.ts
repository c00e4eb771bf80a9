import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { problemOf } from '../../../shared/model/problem.ts';
import type { LibraryItem } from '../../../shared/model/submission.ts';
import { SubmissionFile } from './submission-file.ts';
import { submissionSummary } from './summary.ts';

/** A file of the library as it was found. */
export interface Listed {
  readonly path: string;
  readonly item: LibraryItem;
  /** The code of the Problem that keeps it from being opened; '' when nothing does. */
  readonly problemCode: string;
}

/** What a file holds, without opening it for work: not a byte is changed. Never throws. */
export function lookAt(path: string): Listed {
  try {
    const summary = SubmissionFile.peek(path, submissionSummary);
    return { path, item: { ...summary, problem: null }, problemCode: '' };
  } catch (error) {
    return unopened(path, error);
  }
}

/** A file that cannot be opened is told from others by its path. */
function unopened(path: string, error: unknown): Listed {
  const { code, message, advice } = problemOf(error);
  const id = `file-${createHash('sha256').update(path).digest('hex').slice(0, 32)}`;
  const problem = [message, advice].filter((part) => part !== undefined).join(' ');
  return { path, item: { id, fileName: basename(path), problem }, problemCode: code };
}

/** Makes a file a submission that is not the one it was copied from. */
export function giveOwnId(file: SubmissionFile): void {
  file.run('UPDATE submission SET id = ?', crypto.randomUUID());
}

/**
 * Makes ids distinct: copying a file in a file manager makes a second submission of the same id. The file that is
 * open keeps it, else the oldest; the others are given one of their own, or a problem when they cannot be written.
 */
export function withDistinctIds(listed: readonly Listed[], isOpen: (path: string) => boolean): Listed[] {
  const keeper = new Map<string, Listed>();
  for (const one of listed) {
    const other = keeper.get(one.item.id);
    if (!other || isBefore(one.path, other.path, isOpen)) keeper.set(one.item.id, one);
  }
  return listed.map((one) => (keeper.get(one.item.id) === one ? one : withOwnId(one.path)));
}

function isBefore(a: string, b: string, isOpen: (path: string) => boolean): boolean {
  if (isOpen(a) !== isOpen(b)) return isOpen(a);
  return born(a) < born(b) || (born(a) === born(b) && a < b);
}

function born(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.birthtimeMs ?? 0;
}

function withOwnId(path: string): Listed {
  try {
    const file = SubmissionFile.open(path);
    try {
      giveOwnId(file);
    } finally {
      file.close();
    }
    return lookAt(path);
  } catch (error) {
    return unopened(path, error);
  }
}
