import { freeName, suggestName, type TakenNames } from '../../../shared/rules/name-suggestion.ts';
import { nameTroubles, nameRules as pathRules } from '../../../shared/rules/remote-names.ts';
import type { NewFinding } from '../library/findings.ts';
import type { CheckedEntry } from './checked-entries.ts';
import type { Clash } from './name-table.ts';
import { advice, found, leaveOut, placeOfEntry, type Rule, renameTo } from './rule.ts';

const RENAME = 'Rename them at the archive';

export const clashRules = {
  same: {
    id: 'name-twice',
    level: 'must',
    title: { one: 'name is given to two files', many: 'names are given to two files' },
    reason: 'At the archive the second file would write over the first without a word.',
    source: 'BioStudies files API: an upload overwrites silently',
    fixTitle: RENAME,
  },
  case: {
    id: 'name-capitals',
    level: 'should',
    title: {
      one: 'name differs from another in capitals only',
      many: 'names differ from others in capitals only',
    },
    reason:
      'The archive keeps both; on Windows and most Macs one overwrites the other when they are downloaded.',
    source: 'Practice of file systems; the archive tells capitals apart',
    fixTitle: RENAME,
  },
  folder: {
    id: 'name-file-and-folder',
    level: 'must',
    title: {
      one: 'name is that of a file and of a folder',
      many: 'names are those of a file and of a folder',
    },
    reason: 'The archive cannot keep a file and a folder under one path.',
    source: 'BioStudies files API: the user space is a file system',
    fixTitle: RENAME,
  },
  member: {
    id: 'name-in-zarr',
    level: 'must',
    title: {
      one: 'OME-Zarr has names inside that the archive refuses',
      many: 'OME-Zarrs have names inside that the archive refuses',
    },
    reason:
      'Each file of it is a row of the list, and its own metadata names it, so it cannot be sent under another name.',
    source: 'BioStudies backend, FileSourcesList pattern',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/** Rules whose findings are not mended by another name. */
const otherFixes: Readonly<Record<string, string | null>> = {
  'name-hidden': 'Leave them out',
  'name-blank': null,
  'name-long-path': null,
};

export const nameRules: readonly Rule[] = [
  ...pathRules.map((rule) => ({
    ...rule,
    fixTitle: rule.id in otherFixes ? (otherFixes[rule.id] ?? null) : RENAME,
  })),
  ...Object.values(clashRules),
];
const ruleById = new Map(nameRules.map((rule) => [rule.id, rule]));

/** What a name table has to offer to the check of one name. */
export interface Names extends TakenNames {
  reserve(path: string): void;
}

/**
 * What is wrong with the path of an entry at the archive. The name suggested is free and kept, so that no two entries
 * are suggested the same one.
 */
export function checkName(
  entry: CheckedEntry,
  clashes: readonly Clash[],
  names: Names,
  options: { chunked: boolean },
): NewFinding[] {
  if (!entry.send || entry.state !== 'present') return [];
  const path = entry.remotePath;
  const place = placeOfEntry(entry);
  let suggested: string | null = null;
  const better = () => {
    suggested ??= suggestion(path, names, options);
    return renameTo(path, suggested);
  };
  const findings = nameTroubles(path, options).flatMap(({ id }) => {
    const rule = ruleById.get(id);
    if (!rule) return [];
    switch (id) {
      case 'name-hidden':
        return [found(rule, place, 'It is a hidden or system file.', leaveOut)];
      case 'name-blank':
        return [
          found(rule, place, 'Its name contains a blank.', renameTo(path, path.replaceAll(' ', '_'), false)),
        ];
      case 'name-long-path':
        return [
          found(
            rule,
            place,
            'Its path is too long.',
            advice('Give it a shorter path at the archive under Files'),
          ),
        ];
      case 'name-empty':
        return [
          found(
            rule,
            place,
            'It has no name at the archive.',
            renameTo('', freeName(suggestName(entry.name), names)),
          ),
        ];
      default:
        return [found(rule, place, `Its ${rule.title.one}.`, better())];
    }
  });
  return [
    ...findings,
    ...clashes.map(({ kind, other }) => found(clashRules[kind], place, clashWords[kind](other), better())),
  ];
}

const clashWords: Record<Clash['kind'], (other: string) => string> = {
  same: (other) => `Another file will be ${other} too.`,
  case: (other) => `Another file will be ${other}.`,
  folder: (other) => `Others will lie below it, such as ${other}.`,
};

function suggestion(path: string, names: Names, { chunked }: { chunked: boolean }): string {
  const plain = suggestName(path);
  const free = freeName(chunked ? suggestName(plain.replace(/['*]/g, '-')) : plain, names);
  names.reserve(free);
  return free;
}

/** Says which file inside an OME-Zarr has a name that the archive refuses. */
export function memberFinding(entry: CheckedEntry, example: string, count: number): NewFinding {
  const message = count === 1 ? `Inside it: ${example}.` : `Inside it: ${example}, and ${count - 1} more.`;
  const fix = advice('Rename it with the program that wrote the OME-Zarr, or leave it out');
  return found(clashRules.member, placeOfEntry(entry), message, fix);
}
