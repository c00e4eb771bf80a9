import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addBlock, fillDescription, moveBlock, removeBlock, setField } from './description.ts';
import { editEachEntry, editEntries } from './entries.ts';
import { change, redo, undo } from './history.ts';
import { metadataOf } from './metadata-document.ts';
import { joinPair, keepPairingRules, pairingRules, partPair } from './pairs.ts';
import { addSource, removeSource } from './sources.ts';
import type { SubmissionFile } from './submission-file.ts';
import { setArchive } from './submission-row.ts';
import { newSubmissionFile, temporaryFolder, writeIndex } from './test-support.ts';

let folder: string;
let remove: () => void;
let file: SubmissionFile;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  file = newSubmissionFile(folder);
});
afterEach(() => {
  file.close();
  remove();
});

/** Everything a person can change, as it stands. */
function state(of: SubmissionFile): unknown {
  return [
    of.all('SELECT * FROM source ORDER BY id'),
    of.all('SELECT * FROM entry ORDER BY id'),
    of.all('SELECT * FROM pair ORDER BY id'),
    of.all('SELECT id, position, image, mask, enabled FROM pairing_rule ORDER BY position'),
    metadataOf(of),
    of.all('SELECT archive, method FROM submission'),
  ];
}

const title = (value: string | null) => {
  const block = metadataOf(file).study?.[0]?.id ?? '';
  setField(file, { section: 'study', block, field: 'title', value });
};

describe('undo and redo', () => {
  it('name what they did and say when there is nothing left', () => {
    expect(undo(file)).toBeNull();
    setArchive(file, 'production');
    expect(undo(file)).toBe('Choose the archive');
    expect(undo(file)).toBeNull();
    expect(redo(file)).toBe('Choose the archive');
    expect(redo(file)).toBeNull();
  });

  it('leave no step where nothing changed', () => {
    title('Nuclei');
    setArchive(file, 'practice');
    expect(undo(file)).toBeNull();
  });

  it('take typing into one field as one step, and another field as another', () => {
    title('a');
    title('ab');
    addBlock(file, 'contacts');
    title('abc');
    undo(file);
    expect(metadataOf(file).study?.[0]?.values.title).toBe('ab');
    undo(file);
    undo(file);
    expect(metadataOf(file).study?.[0]?.values.title).toBe('Nuclei');
  });

  it('forget what was undone once something else is done', () => {
    title('a');
    undo(file);
    addBlock(file, 'contacts');
    expect(redo(file)).toBeNull();
  });

  it('take nested changes as one, and none of them when the work throws', () => {
    const before = state(file);
    const twice = () =>
      change(file, 'Both', () => {
        title('a');
        addBlock(file, 'contacts');
      });
    twice();
    expect(undo(file)).toBe('Both');
    expect(state(file)).toEqual(before);
    expect(() =>
      change(file, 'Broken', () => {
        twice();
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(state(file)).toEqual(before);
  });

  it('keep the last 200 changes', () => {
    for (let n = 0; n < 230; n++) setArchive(file, n % 2 === 0 ? 'production' : 'practice');
    let undone = 0;
    while (undo(file) !== null) undone++;
    expect(undone).toBe(200);
  });

  it('bring back a removed folder with all that was chosen, and so does adding it again', async () => {
    const data = join(folder, 'data');
    mkdirSync(data);
    const { id } = addSource(file, data);
    const ids = writeIndex(file, { 'a.tif': 'image', 'a_mask.tif': 'mask' }, data);
    joinPair(file, ids['a.tif'] ?? 0, ids['a_mask.tif'] ?? 0);
    editEntries(file, { kind: 'mask' }, { remotePath: 'new.tif', columns: { Note: 'x' } });
    const before = state(file);
    await removeSource(file, id);
    expect(file.all('SELECT * FROM entry')).toEqual([]);
    undo(file);
    expect(state(file)).toEqual(before);
    redo(file);
    expect(addSource(file, data).id).toBe(id);
    expect(state(file)).toEqual(before);
  });

  it('property: any sequence of edits, all undone, is the start, and all redone, the end', async () => {
    const section = fc.constantFrom('study', 'contacts', 'links', 'annotations', 'publications');
    const small = fc.nat({ max: 5 });
    const word = fc.constantFrom('', 'a', 'é', "o'neil", '%');
    const edits = fc.array(
      fc.oneof(
        fc.record({ do: fc.constant('set' as const), section, at: small, value: word }),
        fc.record({
          do: fc.constant('block' as const),
          section,
          at: small,
          to: small,
          how: fc.constantFrom('add', 'copy', 'remove', 'move'),
        }),
        fc.record({
          do: fc.constant('edit' as const),
          ids: fc.uniqueArray(small),
          edit: fc.record(
            {
              kind: fc.constantFrom('image', 'mask', 'other'),
              send: fc.boolean(),
              annotationType: word,
              sourceImage: word,
              columns: fc.dictionary(fc.constantFrom('A', 'B'), word),
            },
            { requiredKeys: [] },
          ),
        }),
        fc.record({
          do: fc.constant('filter' as const),
          kind: fc.constantFrom('image', 'mask'),
          to: fc.constantFrom('image', 'mask', 'table'),
        }),
        fc.record({ do: fc.constant('each' as const), ids: fc.array(small), path: word }),
        fc.record({ do: fc.constant('join' as const), image: small, mask: small }),
        fc.record({ do: fc.constant('part' as const), at: small }),
        fc.record({ do: fc.constant('rules' as const), count: small }),
        fc.record({
          do: fc.constant('archive' as const),
          archive: fc.constantFrom('practice', 'production'),
        }),
        fc.record({ do: fc.constant('fill' as const), value: word }),
        fc.record({ do: fc.constant('remove source' as const), at: fc.nat({ max: 1 }) }),
      ),
      { maxLength: 12 },
    );
    type Edit = (typeof edits extends fc.Arbitrary<infer T> ? T : never)[number];
    const doIt = (target: SubmissionFile, one: Edit): Promise<void> | undefined => {
      const entries = target.all<{ id: number }>('SELECT id FROM entry ORDER BY id').map(({ id }) => id);
      const entry = (at: number) => entries[at % Math.max(1, entries.length)] ?? -1;
      if (one.do === 'set' || one.do === 'block') {
        const blocks = metadataOf(target)[one.section] ?? [];
        const block = blocks[one.at % Math.max(1, blocks.length)]?.id ?? '';
        const field = one.section === 'links' ? 'link' : one.section === 'contacts' ? 'name' : 'title';
        if (one.do === 'set')
          setField(target, { section: one.section, block, field, value: one.value || null });
        else if (one.how === 'add') addBlock(target, one.section);
        else if (one.how === 'copy') addBlock(target, one.section, block);
        else if (one.how === 'remove') removeBlock(target, one.section, block);
        else moveBlock(target, one.section, block, one.to);
      } else if (one.do === 'edit') editEntries(target, one.ids.map(entry), one.edit as never);
      else if (one.do === 'filter')
        editEntries(target, { kind: one.kind as 'image' }, { kind: one.to as 'image' });
      else if (one.do === 'each')
        editEachEntry(
          target,
          'Rename',
          one.ids.map((at) => ({ entryId: entry(at), edit: { remotePath: one.path } })),
        );
      else if (one.do === 'join') joinPair(target, entry(one.image), entry(one.mask));
      else if (one.do === 'part') {
        const pairs = target.all<{ id: number }>('SELECT id FROM pair WHERE parted = 0 ORDER BY id');
        partPair(target, pairs[one.at % Math.max(1, pairs.length)]?.id ?? -1);
      } else if (one.do === 'rules')
        keepPairingRules(target, pairingRules(target).toReversed().slice(0, one.count));
      else if (one.do === 'archive') setArchive(target, one.archive as 'practice');
      else if (one.do === 'fill')
        fillDescription(target, {
          study: { title: one.value },
          contacts: [{ name: one.value }, { name: 'b' }],
        });
      else
        return removeSource(
          target,
          target.all<{ id: number }>('SELECT id FROM source ORDER BY id')[one.at]?.id ?? -1,
        );
      return undefined;
    };
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(edits, async (sequence) => {
        const target = newSubmissionFile(folder, `run ${runs++}`);
        try {
          const ids = writeIndex(target, { 'a.tif': 'image', 'b.tif': 'image', 'a_mask.tif': 'mask' });
          writeIndex(target, { 'c.tif': 'image', 'c_mask.tif': 'mask' }, '/data/other');
          target.run(
            "INSERT INTO pair (image_entry_id, mask_entry_id, by) VALUES (?, ?, 'ending')",
            ids['a.tif'] ?? 0,
            ids['a_mask.tif'] ?? 0,
          );
          const start = state(target);
          for (const one of sequence) {
            try {
              await doIt(target, one);
            } catch (error) {
              // An edit that is refused changes nothing; that too is part of the property.
              if (!(error instanceof Error && error.name === 'Problem')) throw error;
            }
          }
          const end = state(target);
          let undone = 0;
          while (undo(target) !== null) undone++;
          expect(state(target)).toEqual(start);
          while (redo(target) !== null) undone--;
          expect(undone).toBe(0);
          expect(state(target)).toEqual(end);
        } finally {
          target.close();
        }
      }),
      { numRuns: 120 },
    );
  }, 180_000);
});
