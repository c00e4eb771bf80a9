import type { Block, FieldValue, Metadata } from '../../../shared/model/metadata.ts';

/** Which field of which block. */
export interface FieldPlace {
  readonly section: string;
  readonly block: string;
  readonly field: string;
}

/**
 * An edit from the first key until the engine's own answer shows it. `waiting`: typed, not on its way.
 * `running`: being saved. `saved`: on disk, but answers asked for before may still lack it.
 */
export interface Edit {
  readonly place: FieldPlace;
  /** Null empties the field. */
  readonly value: FieldValue | null;
  readonly state: 'waiting' | 'running' | 'saved';
  /** Number of the last answer asked for when it was saved. */
  readonly askedWhenSaved: number;
}

export type Edits = ReadonlyMap<string, Edit>;
export const noEdits: Edits = new Map();

export function keyOf({ section, block, field }: FieldPlace): string {
  return JSON.stringify([section, block, field]);
}

/** Something was typed; it replaces what was typed before in the same field. */
export function edited(edits: Edits, place: FieldPlace, value: FieldValue | null): Edits {
  return new Map(edits).set(keyOf(place), { place, value, state: 'waiting', askedWhenSaved: 0 });
}

/** The edit of a field is on its way. */
export function started(edits: Edits, key: string): Edits {
  const edit = edits.get(key);
  return edit ? new Map(edits).set(key, { ...edit, state: 'running' }) : edits;
}

/** A save succeeded; if more was typed meanwhile, that still waits. */
export function saved(edits: Edits, key: string, value: FieldValue | null, asked: number): Edits {
  const edit = edits.get(key);
  if (edit?.state !== 'running' || edit.value !== value) return edits;
  return new Map(edits).set(key, { ...edit, state: 'saved', askedWhenSaved: asked });
}

/** A save failed; what was typed waits for the next attempt. */
export function failed(edits: Edits, key: string): Edits {
  const edit = edits.get(key);
  return edit?.state === 'running' ? new Map(edits).set(key, { ...edit, state: 'waiting' }) : edits;
}

/** An answer arrived: it shows every edit that was saved before it was asked for. */
export function answered(edits: Edits, asked: number): Edits {
  const left = [...edits].filter(([, edit]) => edit.state !== 'saved' || edit.askedWhenSaved >= asked);
  return left.length === edits.size ? edits : new Map(left);
}

/** Edits of blocks that are gone for good have nothing to be saved to. */
export function withoutBlock(edits: Edits, section: string, block: string): Edits {
  const left = [...edits].filter(([, { place }]) => place.section !== section || place.block !== block);
  return left.length === edits.size ? edits : new Map(left);
}

export function unsaved(edits: Edits): readonly Edit[] {
  return [...edits.values()].filter((edit) => edit.state !== 'saved');
}

/** What is to be seen: the engine's answer with the edits over it. */
export function withEdits(metadata: Metadata, edits: Edits): Metadata {
  if (edits.size === 0) return metadata;
  const merged: Metadata = { ...metadata };
  for (const { place, value } of edits.values()) {
    const blocks = merged[place.section];
    if (!blocks?.some((block) => block.id === place.block)) continue;
    merged[place.section] = blocks.map((block) =>
      block.id === place.block ? withValue(block, place.field, value) : block,
    );
  }
  return merged;
}

function withValue(block: Block, field: string, value: FieldValue | null): Block {
  const { [field]: _, ...values } = block.values;
  return { id: block.id, values: value === null ? values : { ...values, [field]: value } };
}
