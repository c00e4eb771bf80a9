import { dirname } from 'node:path';
import type { SubmissionFile } from './submission-file.ts';

/** Places handed on one by one; of more, their folders. */
const MOST = 200;

/** Where links lead that the scans followed out of their folders: what a person let in with them. */
export function followedTargets(file: SubmissionFile): string[] {
  const found = file.all<{ target: string }>(
    `SELECT DISTINCT target FROM noticed WHERE cause = 'followed' ORDER BY target LIMIT ${MOST * MOST}`,
  );
  const targets = found.map(({ target }) => target);
  return targets.length <= MOST
    ? targets
    : [...new Set(targets.map((target) => dirname(target)))].slice(0, MOST);
}
