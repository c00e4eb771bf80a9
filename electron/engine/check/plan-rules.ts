import type { Profile } from '../../../shared/destinations/profile.ts';
import type { FindingPlace } from '../../../shared/model/finding.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { formatBytes, formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { chooseMethod } from '../../../shared/rules/method-choice.ts';
import { sendSql, sentFilesSql } from '../library/entry-sql.ts';
import type { NewFinding } from '../library/findings.ts';
import { sources as sourcesOf } from '../library/sources.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { advice, found, type Rule, wholeSubmission } from './rule.ts';

const LIST_GUIDE = 'BioImage Archive, file-list guide';
const SUBMIT_PAGE = 'BioImage Archive, Submit page: sizes and ways to upload';

export const planRules = {
  nothing: {
    id: 'nothing-to-send',
    level: 'must',
    title: { one: 'submission has nothing to send', many: 'submissions have nothing to send' },
    reason: 'The archive refuses a file list without files.',
    source: 'BioStudies backend, file-list reader: "A file list should contain at least one file"',
    fixTitle: null,
  },
  notLookedAt: {
    id: 'source-not-scanned',
    level: 'must',
    title: { one: 'folder was not looked through yet', many: 'folders were not looked through yet' },
    reason: 'Slipway sends only what it has seen.',
    source: 'This submission',
    fixTitle: null,
  },
  stale: {
    id: 'source-stale',
    level: 'should',
    title: {
      one: 'folder was looked through by other rules',
      many: 'folders were looked through by other rules',
    },
    reason: 'What is skipped, or the rule for links, was changed after the folder was looked through.',
    source: 'The rules of this submission for what is skipped',
    fixTitle: null,
  },
  gone: {
    id: 'source-gone',
    level: 'must',
    title: { one: 'folder is not there', many: 'folders are not there' },
    reason: 'Its files cannot be sent while its disk or network folder is away.',
    source: 'The file system of this computer',
    fixTitle: null,
  },
  noImages: {
    id: 'source-without-images',
    level: 'should',
    title: { one: 'folder holds neither image nor mask', many: 'folders hold neither image nor mask' },
    reason: 'Perhaps the wrong folder was added, or its files are of a kind that Slipway does not know.',
    source: 'This submission',
    fixTitle: null,
  },
  blockEmpty: {
    id: 'annotation-without-files',
    level: 'must',
    title: { one: 'annotation has no files', many: 'annotations have no files' },
    reason: 'Each annotation needs a file list with at least one file.',
    source: 'BioImages.MIFA.v1, Annotation: File List is required; BioStudies backend, file-list reader',
    fixTitle: null,
  },
  longList: {
    id: 'file-list-long',
    level: 'should',
    title: { one: 'file list is very long', many: 'file lists are very long' },
    reason: 'The archive asks for a word before it gets a list of more than half a million files.',
    source: LIST_GUIDE,
    fixTitle: null,
  },
  oneValue: {
    id: 'column-one-value',
    level: 'may',
    title: {
      one: 'file-list column says the same in every row',
      many: 'file-list columns say the same in every row',
    },
    reason:
      'The archive advises columns with at least two different values; what holds for all can stand in the description.',
    source: LIST_GUIDE,
    fixTitle: null,
  },
  notReady: {
    id: 'method-not-ready',
    level: 'must',
    title: {
      one: 'submission needs a way to send that is not in this version',
      many: 'submissions need a way to send that is not in this version',
    },
    reason: 'The archive has a way to upload for each size; this Slipway cannot use all of them yet.',
    source: SUBMIT_PAGE,
    fixTitle: null,
  },
  overLimit: {
    id: 'method-too-small',
    level: 'should',
    title: {
      one: 'submission is larger than the chosen way to send is meant for',
      many: 'submissions are larger than the chosen way to send is meant for',
    },
    reason: 'The archive sets these limits because larger uploads break off or block others.',
    source: SUBMIT_PAGE,
    fixTitle: null,
  },
  many: {
    id: 'method-many-files',
    level: 'may',
    title: {
      one: 'upload by the submission tool will take long',
      many: 'uploads by the submission tool will take long',
    },
    reason: "The archive's own tool warns above 1,000 files or 1 GB a file and advises FTP there.",
    source: 'BioStudies submission tool, warnings at upload',
    fixTitle: null,
  },
} as const satisfies Record<string, Rule>;

/** What is wrong with the submission as a whole: folders, totals and the method they imply, file lists. */
export function checkPlan(
  file: SubmissionFile,
  profile: Profile,
  metadata: Metadata,
  plan: Plan,
): NewFinding[] {
  return [...checkSources(file), ...checkTotals(file, profile, plan), ...checkLists(file, profile, metadata)];
}

function checkSources(file: SubmissionFile): NewFinding[] {
  const sources = file.all<{
    id: number;
    path: string;
    state: string;
    trouble: string;
    entries: number;
    pixels: number;
  }>(
    `SELECT id, path, state, trouble, entries,
       EXISTS (SELECT 1 FROM entry e WHERE e.source_id = s.id AND e.kind IN ('image', 'mask')) AS pixels
     FROM source s ORDER BY id`,
  );
  const staleIds = new Set(
    sourcesOf(file)
      .filter(({ stale }) => stale)
      .map(({ id }) => id),
  );
  return sources.flatMap(({ id, path, state, trouble, entries, pixels }) => {
    const place: FindingPlace = { kind: 'source', sourceId: id, path };
    const again = advice('Look through the folder again under Files');
    if (state === 'gone') {
      return [
        found(
          planRules.gone,
          place,
          `${path} cannot be looked through: ${trouble || 'it is not there'}.`,
          advice('Connect its disk, then look through it again'),
        ),
      ];
    }
    if (state !== 'scanned')
      return [found(planRules.notLookedAt, place, `${path} was not looked through to its end.`, again)];
    const findings: NewFinding[] = [];
    if (staleIds.has(id))
      findings.push(found(planRules.stale, place, 'What is skipped was changed since.', again));
    if (pixels === 0) {
      const message =
        entries === 0
          ? 'It holds no files.'
          : `It holds ${formatCounted(entries, 'file')}, none of them an image or a mask.`;
      findings.push(
        found(
          planRules.noImages,
          place,
          message,
          advice('Remove the folder, or say under Files what its files are'),
        ),
      );
    }
    return findings;
  });
}

function checkTotals(file: SubmissionFile, profile: Profile, plan: Plan): NewFinding[] {
  if (plan.files === 0) {
    const any = file.get<{ n: number }>('SELECT count(*) AS n FROM entry')?.n ?? 0;
    const message =
      any === 0
        ? 'No files were added yet.'
        : `None of its ${formatCounted(any, 'file')} is chosen to be sent. ${profile.title} sends ${profile.sendsKinds.join('s and ')}s.`;
    const fix = advice(
      any === 0
        ? 'Add the folder with your annotations under Files'
        : 'Say under Files which of them are masks, or send them by hand',
    );
    return [found(planRules.nothing, wholeSubmission, message, fix)];
  }
  const largest = plan.largest?.bytes ?? 0;
  const choice = chooseMethod(profile, { files: plan.files, bytes: plan.bytes, largest }, plan.method);
  const findings: NewFinding[] = [];
  if (!plan.methodReady) {
    const fix = advice('Choose another way under Send, or split the submission');
    findings.push(found(planRules.notReady, wholeSubmission, plan.methodReason, fix));
  }
  if (choice.overLimit) {
    findings.push(
      found(planRules.overLimit, wholeSubmission, choice.reason, advice('Let Slipway choose under Send')),
    );
  } else if (plan.method === 'submission-tool' && (plan.files > 1000 || largest > 1e9)) {
    const message = `${formatCounted(plan.files, 'file')}, the largest ${formatBytes(largest)}. Slipway sends them one by one and resumes after a break.`;
    findings.push(
      found(
        planRules.many,
        wholeSubmission,
        message,
        advice('Leave the computer on and connected while it sends'),
      ),
    );
  }
  return findings;
}

function checkLists(file: SubmissionFile, profile: Profile, metadata: Metadata): NewFinding[] {
  const section = profile.sections.find(({ id }) => id === profile.fileList.perBlockOf);
  const blocks = metadata[profile.fileList.perBlockOf] ?? [];
  if (!section || blocks.length === 0) return [];
  const blockIds = JSON.stringify(blocks.map(({ id }) => id));
  // Files of no block, or of one that is gone, go into the list of the first.
  const blockSql = `iif(e.annotation_block IN (SELECT value FROM json_each(?)), e.annotation_block, ?)`;
  const first = blocks[0]?.id ?? '';
  const rows = new Map(
    file
      .all<{ block: string; rows: number }>(
        `SELECT ${blockSql} AS block, sum(${sentFilesSql}) AS rows FROM entry e WHERE ${sendSql(profile)} GROUP BY 1`,
        blockIds,
        first,
      )
      .map((row) => [row.block, row.rows]),
  );
  const anything = rows.size > 0;
  const findings = blocks.flatMap((block, at) => {
    const title = block.values[section.titleField];
    const name =
      typeof title === 'string' && title.trim() !== '' ? `“${title.trim()}”` : `${section.one} ${at + 1}`;
    const place: FindingPlace = {
      kind: 'field',
      section: section.id,
      block: block.id,
      field: section.titleField,
      label: section.title,
    };
    const count = rows.get(block.id) ?? 0;
    if (count === 0 && anything) {
      const fix = advice('Assign files to it under Files, or remove it under Describe');
      return [found(planRules.blockEmpty, place, `No file is assigned to ${name}.`, fix)];
    }
    if (count <= profile.fileList.rowsToAskAbout) return [];
    const message = `The list of ${name} has ${formatCount(count)} rows.`;
    return [
      found(
        planRules.longList,
        place,
        message,
        advice(`Write to the ${profile.archiveName} before you send`),
      ),
    ];
  });
  const same = file.all<{ header: string; value: string }>(
    `SELECT j.key AS header, min(j.value) AS value
     FROM entry e, json_each(e.columns) j WHERE ${sendSql(profile)}
     GROUP BY ${blockSql}, j.key
     HAVING count(*) > 1 AND count(DISTINCT j.value) = 1
       AND count(*) = (SELECT count(*) FROM entry e2 WHERE e2.id IN (SELECT e.id FROM entry e WHERE ${sendSql(profile)}))`,
    blockIds,
    first,
  );
  return [
    ...findings,
    ...same.map(({ header, value }) =>
      found(
        planRules.oneValue,
        wholeSubmission,
        `“${header}” says “${value}” in every row.`,
        advice('Say it in the description and empty the column'),
      ),
    ),
  ];
}
