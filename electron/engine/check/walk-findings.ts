import type { FindingPlace } from '../../../shared/model/finding.ts';
import type { WalkCause } from '../../../shared/model/walk.ts';
import type { NewFinding } from '../library/findings.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { advice, found, type Rule } from './rule.ts';

const FILES = 'The file system of this computer';
const LINK_RULE = 'The rule for links of this folder';

export const walkRules = {
  closed: {
    id: 'source-trouble',
    level: 'should',
    title: {
      one: 'folder could not be looked through',
      many: 'folders could not be looked through',
    },
    reason: 'Files that Slipway cannot see are not in the submission.',
    source: FILES,
    fixTitle: null,
  },
  link: {
    id: 'walk-link',
    level: 'should',
    title: { one: 'link was not followed', many: 'links were not followed' },
    reason:
      'What a link leads to is not in the submission unless you say under Files that links are followed.',
    source: LINK_RULE,
    fixTitle: null,
  },
  lost: {
    id: 'walk-link-lost',
    level: 'may',
    title: { one: 'link leads nowhere', many: 'links lead nowhere' },
    reason: 'What they led to was moved or deleted, or its disk is not connected.',
    source: FILES,
    fixTitle: null,
  },
  followed: {
    id: 'walk-link-followed',
    level: 'may',
    title: { one: 'link out of its folder was followed', many: 'links out of their folder were followed' },
    reason: 'You said so under Files. What they lead to lies outside the folder that was added.',
    source: LINK_RULE,
    fixTitle: null,
  },
  loop: {
    id: 'walk-loop',
    level: 'may',
    title: { one: 'folder leads back to one above it', many: 'folders lead back to ones above them' },
    reason: 'Everything in them is in the submission already, by its shorter path.',
    source: FILES,
    fixTitle: null,
  },
  special: {
    id: 'walk-special',
    level: 'may',
    title: { one: 'name is neither file nor folder', many: 'names are neither files nor folders' },
    reason: 'Pipes, sockets and devices hold no data that could be sent.',
    source: FILES,
    fixTitle: null,
  },
  mount: {
    id: 'walk-mount',
    level: 'may',
    title: { one: 'folder lies on another disk', many: 'folders lie on other disks' },
    reason: 'It was looked through too. When that disk is not connected, its files count as gone.',
    source: FILES,
    fixTitle: null,
  },
  vanished: {
    id: 'walk-vanished',
    level: 'may',
    title: {
      one: 'name was gone before it could be looked at',
      many: 'names were gone before they could be looked at',
    },
    reason: 'Some program made and deleted or renamed files while the folder was looked through.',
    source: FILES,
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

const ruleOf: Readonly<Record<WalkCause, Rule>> = {
  link: walkRules.link,
  'link-lost': walkRules.lost,
  loop: walkRules.loop,
  special: walkRules.special,
  mount: walkRules.mount,
  followed: walkRules.followed,
  vanished: walkRules.vanished,
};

const adviceOf: Readonly<Record<WalkCause, string>> = {
  link: 'Let links be followed under Files, or copy what belongs to the data into the folder',
  'link-lost': 'Connect the disk it leads to, or mend the link',
  loop: 'Nothing is to be done',
  special: 'Nothing is to be done',
  mount: 'Keep its disk connected until everything is sent',
  followed: 'Look whether it belongs to the submission',
  vanished: 'Look through the folder again once nothing writes to it',
};

const PAGE = 500;

interface Row {
  readonly sourceId: number;
  readonly source: string;
  readonly path: string;
  readonly cause: WalkCause;
  readonly words: string;
}

/**
 * What the walks of the folders met that is not a plain file or folder: links, circles, other disks, folders that are
 * closed. In pages; nothing here has a row in the index but closed folders.
 */
export function* checkWalks(file: SubmissionFile): Generator<NewFinding[]> {
  for (const cause of ['link', 'link-lost', 'loop', 'special'] as const) {
    yield* pages(
      file,
      `SELECT k.source_id AS sourceId, s.path AS source, k.path, k.cause, k.reason AS words
       FROM skipped k CROSS JOIN source s ON s.id = k.source_id
       WHERE k.cause = ? AND (k.source_id, k.path) > (?, ?) ORDER BY k.source_id, k.path LIMIT ${PAGE}`,
      cause,
    );
  }
  for (const cause of ['mount', 'followed', 'vanished'] as const) {
    yield* pages(
      file,
      `SELECT k.source_id AS sourceId, s.path AS source, k.path, k.cause, k.target AS words
       FROM noticed k CROSS JOIN source s ON s.id = k.source_id
       WHERE k.cause = ? AND (k.source_id, k.path) > (?, ?) ORDER BY k.source_id, k.path LIMIT ${PAGE}`,
      cause,
    );
  }
}

function* pages(file: SubmissionFile, sql: string, cause: WalkCause): Generator<NewFinding[]> {
  for (let after = { sourceId: -1, path: '' }; ; ) {
    const rows = file.all<Row>(sql, cause, after.sourceId, after.path);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(findingOf);
    after = last;
  }
}

function findingOf({ sourceId, source, path, cause, words }: Row): NewFinding {
  const place: FindingPlace = { kind: 'source', sourceId, path: `${source}/${path}` };
  return found(ruleOf[cause], place, messageOf(cause, words), advice(adviceOf[cause]));
}

function messageOf(cause: WalkCause, words: string): string {
  switch (cause) {
    case 'mount':
      return 'It was looked through too.';
    case 'followed':
      return `It leads to ${words}.`;
    case 'vanished':
      return 'It was there when its folder was read, and gone a moment later.';
    case 'link':
    case 'link-lost':
    case 'loop':
    case 'special':
      return `Left out: ${words}.`;
  }
}
