import { fieldsOf, type Profile, type Section } from '../../../shared/destinations/profile.ts';
import type { Block, Metadata } from '../../../shared/model/metadata.ts';
import { change } from './history.ts';
import type { SubmissionFile } from './submission-file.ts';

/** Everything described so far. */
export function metadataOf(file: SubmissionFile): Metadata {
  const row = file.get<{ document: string }>('SELECT document FROM metadata');
  return row ? (JSON.parse(row.document) as Metadata) : {};
}

/**
 * Changes the description as one step that can be undone. `edit` gets a copy of its own to write to. Steps with the
 * same `mergeKey` within a few seconds are one.
 */
export function editMetadata<T>(
  file: SubmissionFile,
  title: string,
  edit: (metadata: Metadata) => T,
  mergeKey = '',
): T {
  return change(
    file,
    title,
    (recorder) => {
      const metadata = metadataOf(file);
      const result = edit(metadata);
      recorder.cells('metadata', ['document'], 'one = 1');
      file.run('UPDATE metadata SET document = ?', JSON.stringify(metadata));
      return result;
    },
    mergeKey,
  );
}

/** A block in which nothing is typed yet. */
export function emptyBlock(): Block {
  return { id: crypto.randomUUID(), values: {} };
}

/** The description a submission starts with: the blocks that must be there, empty. */
export function blankMetadata(profile: Profile): Metadata {
  return Object.fromEntries(
    profile.sections.map((section) => [section.id, Array.from({ length: leastBlocks(section) }, emptyBlock)]),
  );
}

/** A section that does not repeat always has its one block. */
export function leastBlocks(section: Section): number {
  return section.max === 1 ? 1 : section.min;
}

/** Kinds of values a field holds. */
export type ValueShape = 'text' | 'list' | 'organisations';

/** The fields of a section with the shape of their values. */
export function shapesOf(section: Section): Map<string, ValueShape> {
  return new Map(
    fieldsOf(section).map(({ id, control, repeats }) => [
      id,
      control === 'organisations' ? 'organisations' : repeats || control === 'keywords' ? 'list' : 'text',
    ]),
  );
}
