import { mkdir, rm } from 'node:fs/promises';
import { ArchiveError, notPractised } from './archive-error.ts';
import { folderHolding } from './circular-references.ts';
import {
  combineSources,
  type FileSource,
  type FileSources,
  type FoundFile,
  userSource,
} from './file-sources.ts';
import { checkListForm, convertList } from './list-checks.ts';
import { allSections, attributeOf, isTable, type Submission } from './pagetab.ts';
import { processedSource } from './processed-submissions.ts';
import type { RequestRecord } from './request-records.ts';
import type { Places } from './storage.ts';

/** What the checks of a submission look at. */
export interface CheckedSubmission {
  readonly submission: Submission;
  readonly sources: FileSources;
}

/**
 * Where the files of a request are looked for: the user's space, then the version before, or what
 * `preferredSources` says (BioStudies FileSourcesService).
 */
export async function sourcesOf(
  places: Places,
  record: RequestRecord,
  submission: Submission,
): Promise<FileSources> {
  const preferred = record.preferredSources.length === 0 ? DEFAULT_SOURCES : record.preferredSources;
  const sources: FileSource[] = [];
  for (const source of preferred) {
    if (source === 'USER_SPACE') {
      sources.push(userSource(places.user, record.owner, attributeOf(submission, 'RootPath')));
    } else if (record.version > 1) {
      const previous = await processedSource(places, record.accNo);
      if (previous !== null) sources.push(previous);
    }
  }
  return combineSources(sources);
}

const DEFAULT_SOURCES = ['USER_SPACE', 'SUBMISSION'] as const;

/** The names of the file lists of a submission, in the order the archive reads them. */
export function listNames(submission: Submission): string[] {
  return allSections(submission).flatMap((section) => {
    if (attributeOf(section, 'Link List') !== null) throw notPractised('read link lists');
    return attributeOf(section, 'File List') ?? [];
  });
}

/** First reading: every list exists and has the right form. */
export async function checkLists({ submission, sources }: CheckedSubmission): Promise<void> {
  for (const name of listNames(submission)) await checkListForm(name, sources);
}

export interface FileCheckOptions {
  /** Where converted lists go; null to keep nothing. */
  readonly folder: string | null;
  /** False when only the lists are read and their files are looked for later. */
  readonly lookForFiles: boolean;
}

/** Second reading: every list names something, and every file named, in a list or a section, is there. */
export async function checkFiles(checked: CheckedSubmission, options: FileCheckOptions): Promise<void> {
  const { submission, sources } = checked;
  const folders = new Set<string>();
  const onFile = (file: FoundFile) => {
    if (file.type === 'directory') folders.add(file.path);
  };
  if (options.folder !== null) {
    await rm(options.folder, { recursive: true, force: true });
    await mkdir(options.folder, { recursive: true });
  }
  for (const section of allSections(submission)) {
    const list = attributeOf(section, 'File List');
    if (list !== null) await convertList(list, sources, { ...options, onFile });
    if (!options.lookForFiles) continue;
    for (const item of section.files) {
      for (const file of isTable(item) ? item : [item]) onFile(await sources.get(file));
    }
  }
  if (folders.size > 0) await checkCircular(checked, folders);
}

/** A folder and a file inside it must not both be named. Wording: BioStudies CircularReferenceException. */
async function checkCircular(checked: CheckedSubmission, folders: ReadonlySet<string>): Promise<void> {
  const { submission, sources } = checked;
  const circular: string[] = [];
  const look = (file: FoundFile) => {
    const folder = folderHolding(file.path, folders);
    if (folder !== null) circular.push(`- Directory '${folder}' contains: '${file.path}'`);
  };
  for (const section of allSections(submission)) {
    const list = attributeOf(section, 'File List');
    if (list !== null) {
      await convertList(list, sources, { folder: null, lookForFiles: true, onFile: look });
    }
    for (const item of section.files) {
      for (const file of isTable(item) ? item : [item]) look(await sources.get(file));
    }
  }
  if (circular.length > 0) {
    throw new ArchiveError(500, ['The following circular references were found:', ...circular].join('\n'));
  }
}
