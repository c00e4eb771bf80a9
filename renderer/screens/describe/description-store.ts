import { create } from 'zustand';
import type { FieldValue, Metadata } from '../../../shared/model/metadata.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { coalesce } from '../../hooks/coalesce.ts';
import { useConnection } from '../../stores/connection-store.ts';
import { saveFirst } from '../../stores/history.ts';
import { setWaitingEdits, trackSave } from '../../stores/saving-store.ts';
import {
  answered,
  type Edits,
  edited,
  type FieldPlace,
  failed,
  keyOf,
  noEdits,
  saved,
  started,
  unsaved,
  withoutBlock,
} from './edits.ts';

/** How long after the last key an edit is saved, in milliseconds. */
const quiet = 350;

export interface Description {
  /** The engine's last answer; null until the first. */
  readonly metadata: Metadata | null;
  readonly edits: Edits;
  readonly problem: ProblemData | null;
}

export const emptyDescription: Description = { metadata: null, edits: noEdits, problem: null };

/** By submission: what could not be saved yet outlives its room. */
export const useDescriptions = create<{ readonly byId: Readonly<Record<string, Description>> }>()(() => ({
  byId: {},
}));

let asked = 0;
const timers = new Map<string, number>();
const flights = new Map<string, Promise<void>>();

function get(id: string): Description {
  return useDescriptions.getState().byId[id] ?? emptyDescription;
}

function update(id: string, change: (now: Description) => Description): void {
  useDescriptions.setState(({ byId }) => ({ byId: { ...byId, [id]: change(byId[id] ?? emptyDescription) } }));
  const all = Object.values(useDescriptions.getState().byId).flatMap(({ edits }) => unsaved(edits));
  setWaitingEdits(all.length);
}

async function read(id: string): Promise<void> {
  const mine = ++asked;
  try {
    const { metadata } = await engine.call('describe.get', { id });
    update(id, (now) => ({ metadata, edits: answered(now.edits, mine), problem: null }));
  } catch (thrown) {
    update(id, (now) => ({ ...now, problem: problemOf(thrown) }));
  }
}

/** Reads a description and keeps it fresh until the answer is called. */
export function followDescription(id: string): () => void {
  const { ask, cancel } = coalesce(() => void read(id), 200);
  ask();
  const stop = engine.on('submission.changed', (event) => {
    if (event.id === id && event.parts.includes('metadata')) ask();
  });
  return () => {
    cancel();
    stop();
  };
}

export function rereadDescription(id: string): void {
  void read(id);
}

/** Takes what was typed; it is saved a moment after the last key. */
export function typeField(id: string, place: FieldPlace, value: FieldValue | null): void {
  update(id, (now) => ({ ...now, edits: edited(now.edits, place, value) }));
  const key = id + keyOf(place);
  window.clearTimeout(timers.get(key));
  timers.set(
    key,
    window.setTimeout(() => void saveField(id, keyOf(place)), quiet),
  );
}

async function saveField(id: string, key: string): Promise<void> {
  window.clearTimeout(timers.get(id + key));
  timers.delete(id + key);
  await flights.get(id + key);
  const edit = get(id).edits.get(key);
  if (edit?.state !== 'waiting') return;
  update(id, (now) => ({ ...now, edits: started(now.edits, key) }));
  const save = trackSave(engine.call('describe.set', { id, ...edit.place, value: edit.value }), true).then(
    () => {
      update(id, (now) => ({ ...now, edits: saved(now.edits, key, edit.value, asked) }));
    },
    (thrown: unknown) => {
      const gone = problemOf(thrown).code === 'unknown-block';
      update(id, (now) => ({
        ...now,
        edits: gone ? withoutBlock(now.edits, edit.place.section, edit.place.block) : failed(now.edits, key),
      }));
    },
  );
  flights.set(id + key, save);
  await save;
  if (flights.get(id + key) === save) flights.delete(id + key);
}

/** Saves at once what still waits. Resolves when it is on disk, or when it could not be saved now. */
export async function saveNow(id: string): Promise<void> {
  const waiting = unsaved(get(id).edits).map((edit) => keyOf(edit.place));
  await Promise.all(waiting.map((key) => saveField(id, key)));
}

function saveAll(): void {
  for (const id of Object.keys(useDescriptions.getState().byId)) void saveNow(id);
}

if (typeof window !== 'undefined') {
  saveFirst(saveNow);
  window.addEventListener('pagehide', saveAll);
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') saveAll();
  });
  window.addEventListener('beforeunload', (event) => {
    const left = Object.values(useDescriptions.getState().byId).some(
      ({ edits }) => unsaved(edits).length > 0,
    );
    saveAll();
    if (left && useConnection.getState().state === 'lost') event.preventDefault();
  });
  useConnection.subscribe((now, before) => {
    if (now.generation === before.generation) return;
    saveAll();
    for (const id of Object.keys(useDescriptions.getState().byId)) rereadDescription(id);
  });
}
