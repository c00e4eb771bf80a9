import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { type FileSource, previousVersionSource } from './file-sources.ts';
import { keptListName } from './list-checks.ts';
import {
  type Attribute,
  allSections,
  attributeOf,
  isTable,
  readPageTab,
  type Section,
  type Submission,
} from './pagetab.ts';
import { pageTabJson } from './pagetab-writing.ts';
import type { RequestRecord } from './request-records.ts';
import { type Places, readIfThere, writeWhole } from './storage.ts';

const folderOf = (places: Places, accNo: string) => path.join(places.submissions, accNo);
const pageTabFileOf = (places: Places, accNo: string) => path.join(folderOf(places, accNo), `${accNo}.json`);

/** Where the lists of a request are converted to while it is being processed. */
export function workFolder(places: Places, record: RequestRecord): string {
  return path.join(places.work, `${record.accNo}.${record.version}`);
}

/**
 * Keeps a processed submission: its PageTab with accession, DOI and the converted names of its lists, and those
 * lists below `Files`. May be done again after a crash at any point.
 */
export async function keepProcessed(places: Places, record: RequestRecord): Promise<void> {
  const folder = folderOf(places, record.accNo);
  await mkdir(folder, { recursive: true });
  await takeOver(workFolder(places, record), path.join(folder, 'Files'));
  const submission = asProcessed(readPageTab(record.draft), record);
  const text = JSON.stringify(pageTabJson(submission), null, 2);
  await writeWhole(pageTabFileOf(places, record.accNo), `${text}\n`);
}

/** Moves a folder to where another one is. A second attempt after a crash finds it moved, or moves it. */
async function takeOver(from: string, to: string): Promise<void> {
  const there = await stat(from).catch(() => null);
  if (there === null) return;
  await rm(to, { recursive: true, force: true });
  await rename(from, to);
}

/** The PageTab of a processed submission, null when there is none. */
export async function readProcessed(places: Places, accNo: string): Promise<Submission | null> {
  const text = await readIfThere(pageTabFileOf(places, accNo));
  return text === null ? null : readPageTab(JSON.parse(text));
}

/** The files of a processed submission as a place to look for files; null when there is no such submission. */
export async function processedSource(places: Places, accNo: string): Promise<FileSource | null> {
  const submission = await readProcessed(places, accNo);
  if (submission === null) return null;
  const sections = allSections(submission);
  const files = sections.flatMap((section) =>
    section.files.flatMap((item) => (isTable(item) ? [...item] : [item])),
  );
  const lists = sections.flatMap((section) => attributeOf(section, 'File List') ?? []);
  return previousVersionSource(folderOf(places, accNo), files, lists);
}

/** Removes a processed submission. */
export async function removeProcessed(places: Places, accNo: string): Promise<void> {
  await rm(folderOf(places, accNo), { recursive: true, force: true });
}

function asProcessed(submission: Submission, record: RequestRecord): Submission {
  const attributes = submission.attributes.map((attribute) =>
    attribute.name === 'DOI' && record.doi !== null ? { ...attribute, value: record.doi } : attribute,
  );
  return { accno: record.accNo, attributes, section: withKeptLists(submission.section) };
}

function withKeptLists(section: Section): Section {
  const keptAttribute = (attribute: Attribute): Attribute =>
    attribute.name === 'File List' && attribute.value !== null
      ? { ...attribute, value: keptListName(attribute.value) }
      : attribute;
  return {
    ...section,
    attributes: section.attributes.map(keptAttribute),
    subsections: section.subsections.map((item) =>
      isTable(item) ? item.map(withKeptLists) : withKeptLists(item),
    ),
  };
}
