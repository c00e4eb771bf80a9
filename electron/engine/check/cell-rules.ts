import { fieldRegistry, type Profile } from '../../../shared/destinations/profile.ts';
import type { Fix } from '../../../shared/model/finding.ts';
import { cellTrouble, cleanCell } from '../../../shared/rules/cell-values.ts';
import { headerTrouble } from '../../../shared/rules/file-list-columns.ts';
import { nearestTerm } from '../../../shared/rules/nearest-term.ts';
import type { NewFinding } from '../library/findings.ts';
import type { CheckedEntry } from './checked-entries.ts';
import { advice, found, placeOfEntry, type Rule } from './rule.ts';

const READER = 'BioStudies backend, file-list reader';

export const cellRules = {
  characters: {
    id: 'cell-characters',
    level: 'must',
    title: { one: 'file-list cell holds a tab or line end', many: 'file-list cells hold tabs or line ends' },
    reason: "The archive's reader knows no quotes: the row would break apart and the list be refused.",
    source: `${READER}: splits at tabs and line ends`,
    fixTitle: 'Put them on one line',
  },
  header: {
    id: 'column-name',
    level: 'must',
    title: {
      one: 'file-list column cannot be called so',
      many: 'file-list cells stand in a column that cannot be called so',
    },
    reason:
      "A blank name is refused, and a second column for the source image makes the archive's ingest fail.",
    source: `${READER}: "Attribute name is required"; BIA ingest, file_reference`,
    fixTitle: null,
  },
  type: {
    id: 'annotation-type-unknown',
    level: 'must',
    title: {
      one: 'annotation type is not one of the eleven',
      many: 'annotation types are not among the eleven',
    },
    reason: 'The archive knows eleven types by their exact words.',
    source: 'BioImages.MIFA.v1, Annotation Type; MIFA model, annotation types',
    fixTitle: "Use the archive's word",
  },
  time: {
    id: 'creation-time',
    level: 'should',
    title: { one: 'creation time is not in ISO form', many: 'creation times are not in ISO form' },
    reason: 'Programs that read the list expect a date such as 2026-11-20 or 2026-11-20T08:28:00Z.',
    source: 'MIFA model, annotation_creation_time (ISO 8601)',
    fixTitle: null,
  },
  localPath: {
    id: 'source-image-local',
    level: 'should',
    title: { one: 'source image is a path on a computer', many: 'source images are paths on a computer' },
    reason:
      'The cell should equal the path of the image in the file list of its data set, or nobody finds it.',
    source: 'BIA ingest, file_reference: the value is matched with the path of an image',
    fixTitle: null,
  },
  block: {
    id: 'annotation-gone',
    level: 'should',
    title: {
      one: 'file belongs to an annotation that is gone',
      many: 'files belong to an annotation that is gone',
    },
    reason: 'It would go into the file list of the first annotation instead.',
    source: 'This submission',
    fixTitle: 'Assign them to the first annotation',
  },
} as const satisfies Record<string, Rule>;

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const COMPUTER_PATH = /^(?:[A-Za-z]:[\\/]|\\\\|\/|~\/|file:)/;

/** What is wrong with the cells of an entry in its file list. `blocks` are the annotations there are. */
export function checkCells(entry: CheckedEntry, profile: Profile, blocks: ReadonlySet<string>): NewFinding[] {
  if (!entry.send) return [];
  const place = placeOfEntry(entry);
  const findings: NewFinding[] = [];
  const cell = (header: string, value: string, fixId: string) => {
    if (!/\p{Cc}/u.test(value)) return;
    const fix = {
      id: fixId,
      title: 'Put it on one line',
      safe: true,
      before: value,
      after: cleanCell(value),
    };
    findings.push(found(cellRules.characters, place, `${header}: ${cellTrouble(value.trim()) ?? ''}`, fix));
  };
  cell('Source Image', entry.sourceImage, 'source-image');
  for (const [header, value] of Object.entries(entry.columns)) {
    const declared = profile.fileList.columns.some((column) => column.header === header);
    const trouble = declared ? null : headerTrouble(header, profile.fileList.columns);
    if (trouble !== null) {
      findings.push(
        found(cellRules.header, place, `“${header}”: ${trouble}`, advice('Rename the column under Files')),
      );
    } else cell(header, value, `cell:${header}`);
  }
  const time = entry.columns['Annotation Creation Time'] ?? '';
  if (time.trim() !== '' && !ISO_TIME.test(time.trim())) {
    const fix = advice('Write it as year-month-day, such as 2026-11-20');
    findings.push(found(cellRules.time, place, `It says “${time}”.`, fix));
  }
  if (entry.annotationType !== '' && !isTerm(entry.annotationType, profile)) {
    findings.push(
      found(
        cellRules.type,
        place,
        `It says “${entry.annotationType}”.`,
        typeFix(entry.annotationType, profile),
      ),
    );
  }
  if (COMPUTER_PATH.test(entry.sourceImage.trim())) {
    const fix = advice('Write the path as the file list of the image data set has it');
    findings.push(found(cellRules.localPath, place, `It says “${entry.sourceImage}”.`, fix));
  }
  if (entry.annotationBlock !== '' && !blocks.has(entry.annotationBlock)) {
    const fix: Fix = {
      id: 'annotation-block',
      title: 'Assign it to the first annotation',
      safe: true,
      before: entry.annotationBlock,
      after: '',
    };
    findings.push(found(cellRules.block, place, 'Its annotation was removed.', fix));
  }
  return findings;
}

/** The field of the annotation block that the column follows: its vocabulary is the column's. */
function typeField(profile: Profile) {
  const { columns, perBlockOf } = profile.fileList;
  const field = columns.find(({ header }) => header === 'Annotation Type')?.blockField ?? '';
  return profile.sections.find((section) => section.id === perBlockOf)?.fields.shape[field];
}

function isTerm(typed: string, profile: Profile): boolean {
  const field = typeField(profile);
  const vocabulary = field && fieldRegistry.get(field)?.vocabulary;
  return !vocabulary || vocabulary.open || vocabulary.terms.some((term) => term.value === typed);
}

function typeFix(typed: string, profile: Profile): Fix {
  const field = typeField(profile);
  const near = field === undefined ? null : nearestTerm(typed, field);
  if (near === null)
    return advice('Choose one of the eleven under Files, or empty the cell to follow the annotation');
  return { id: 'annotation-type', title: `Call it ${near}`, safe: true, before: typed, after: near };
}
