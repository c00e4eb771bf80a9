import type { Section } from '../../../shared/destinations/profile.ts';
import type { Block, FieldValue, Metadata } from '../../../shared/model/metadata.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { fillMetadata } from './description-fill.ts';
import { change } from './history.ts';
import { editMetadata, emptyBlock, leastBlocks, shapesOf, type ValueShape } from './metadata-document.ts';
import type { SubmissionFile } from './submission-file.ts';
import { profileOfFile } from './submission-row.ts';

export { blankTemplate, filledTemplate } from './description-fill.ts';
export { metadataOf } from './metadata-document.ts';

/**
 * Sets one field; null empties it. Any text is kept, right or wrong. Edits of one field within a few seconds of each
 * other are one step of undo. Refuses a field the form does not have and a list where a text belongs.
 */
export function setField(
  file: SubmissionFile,
  edit: {
    readonly section: string;
    readonly block: string;
    readonly field: string;
    readonly value: FieldValue | null;
  },
): void {
  const section = sectionOf(file, edit.section);
  const shape = shapesOf(section).get(edit.field);
  if (shape === undefined) {
    throw new Problem('unknown-field', `${section.title} has no field “${edit.field}”.`);
  }
  if (edit.value !== null && !hasShape(edit.value, shape)) {
    throw new Problem('wrong-value', `“${edit.field}” in ${section.title} takes ${shapeInWords[shape]}.`);
  }
  editMetadata(
    file,
    `Edit ${edit.field} in ${section.title}`,
    (metadata) => {
      const { values } = blockOf(metadata, section, edit.block);
      if (edit.value === null) delete values[edit.field];
      else values[edit.field] = edit.value;
    },
    `${edit.section}/${edit.block}/${edit.field}`,
  );
}

/** Adds a block at the end of a section that repeats, empty or with what another block holds; returns its id. */
export function addBlock(file: SubmissionFile, sectionId: string, copyOf?: string): string {
  const section = sectionOf(file, sectionId);
  return editMetadata(file, `Add ${section.one}`, (metadata) => {
    const blocks = blocksOf(metadata, section);
    if (section.max !== null && blocks.length >= section.max) {
      throw new Problem('enough-blocks', `There is room for ${section.max} in ${section.title}, no more.`);
    }
    const block = emptyBlock();
    if (copyOf !== undefined) block.values = structuredClone(blockOf(metadata, section, copyOf).values);
    blocks.push(block);
    return block.id;
  });
}

/** Takes a block away; files that were assigned to it go to the first block. The last one needed stays. */
export function removeBlock(file: SubmissionFile, sectionId: string, blockId: string): void {
  const section = sectionOf(file, sectionId);
  change(file, `Remove ${section.one}`, (recorder) => {
    editMetadata(file, '', (metadata) => {
      const blocks = blocksOf(metadata, section);
      const at = blocks.indexOf(blockOf(metadata, section, blockId));
      if (blocks.length <= leastBlocks(section)) {
        throw new Problem('last-block', `${section.title} needs at least one ${section.one}.`, {
          advice: 'Empty its fields, or add another one first.',
        });
      }
      blocks.splice(at, 1);
    });
    recorder.cells('entry', ['annotation_block'], 'annotation_block = ?', blockId);
    file.run("UPDATE entry SET annotation_block = '' WHERE annotation_block = ?", blockId);
  });
}

/** Moves a block to place `to`, counted from 0; a place behind the end means the end. */
export function moveBlock(file: SubmissionFile, sectionId: string, blockId: string, to: number): void {
  const section = sectionOf(file, sectionId);
  editMetadata(file, `Move ${section.one}`, (metadata) => {
    const blocks = blocksOf(metadata, section);
    const block = blockOf(metadata, section, blockId);
    blocks.splice(blocks.indexOf(block), 1);
    blocks.splice(Math.max(0, to), 0, block);
  });
}

/**
 * Fills from plain JSON as the blank template has it, as one step that can be undone; returns how many fields were
 * filled. All or nothing: a Problem names every path that does not fit, and nothing is changed.
 */
export function fillDescription(file: SubmissionFile, json: unknown): number {
  const profile = profileOfFile(file);
  return editMetadata(file, 'Fill the description', (metadata) => fillMetadata(profile, metadata, json));
}

function sectionOf(file: SubmissionFile, id: string): Section {
  const profile = profileOfFile(file);
  const section = profile.sections.find((candidate) => candidate.id === id);
  if (section) return section;
  throw new Problem('unknown-section', `The form of ${profile.title} has no section “${id}”.`);
}

function blocksOf(metadata: Metadata, section: Section): Block[] {
  const blocks = metadata[section.id] ?? [];
  metadata[section.id] = blocks;
  return blocks;
}

function blockOf(metadata: Metadata, section: Section, id: string): Block {
  const block = metadata[section.id]?.find((candidate) => candidate.id === id);
  if (block) return block;
  throw new Problem('unknown-block', `This ${section.one} is not in the submission any more.`, {
    cause: 'It was removed, perhaps in another window.',
    advice: 'Undo brings it back.',
  });
}

const shapeInWords: Record<ValueShape, string> = {
  text: 'one text',
  list: 'a list of texts',
  organisations: 'a list of organisations',
};

function hasShape(value: FieldValue, shape: ValueShape): boolean {
  if (shape === 'text') return typeof value === 'string';
  if (typeof value === 'string') return false;
  return value.every((item) => (typeof item === 'string') === (shape === 'list'));
}
