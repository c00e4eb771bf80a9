import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setField } from './description.ts';
import { fileNameOf, freePath } from './file-names.ts';
import { undo } from './history.ts';
import { Library } from './library.ts';
import { metadataOf } from './metadata-document.ts';
import { addSource, sources } from './sources.ts';
import { SubmissionFile } from './submission-file.ts';
import { temporaryFolder, writeIndex } from './test-support.ts';

let base: string;
let home: string;
let remove: () => void;
let library: Library;
beforeEach(() => {
  ({ folder: base, remove } = temporaryFolder());
  home = join(base, 'library');
  library = new Library(home);
});
afterEach(() => {
  library.closeAll();
  remove();
});

const make = (title: string) =>
  library.create({ title, destination: 'bia-annotations', archive: 'practice' });
const names = () =>
  readdirSync(home)
    .filter((name) => name.endsWith('.slipway'))
    .sort();
const again = () => {
  library.closeAll();
  library = new Library(home);
  return library;
};

describe('the library', () => {
  it('makes, lists and opens submissions; a listing changes no byte', () => {
    const made = make('Nuclei');
    expect(library.list()).toEqual([{ ...made, problem: null }]);
    again();
    const before = readFileSync(join(home, 'Nuclei.slipway'));
    expect(library.list()).toEqual([{ ...made, problem: null }]);
    expect(readFileSync(join(home, 'Nuclei.slipway')).equals(before)).toBe(true);
    expect(metadataOf(library.opened(made.id)).study?.[0]?.values.title).toBe('Nuclei');
    expect(() => library.opened('nobody')).toThrow('not in the library any more');
  });

  it('never writes over a file, and leaves none behind when a submission cannot be made', () => {
    make('A');
    make('a');
    make('A');
    expect(names()).toEqual(['A 3.slipway', 'A.slipway', 'a 2.slipway']);
    expect(() => library.create({ title: 'B', destination: 'nowhere', archive: 'practice' })).toThrow(
      'no destination "nowhere"',
    );
    expect(() =>
      library.create({ title: 'B', destination: 'bia-annotations', archive: 'practice', template: { x: 1 } }),
    ).toThrow('does not fit');
    expect(names()).toHaveLength(3);
  });

  it('starts from a template of another submission', () => {
    const first = make('First title');
    const block = metadataOf(library.opened(first.id)).study?.[0]?.id ?? '';
    setField(library.opened(first.id), { section: 'study', block, field: 'keywords', value: ['nuclei'] });
    const made = library.create({
      title: 'Second',
      destination: 'bia-annotations',
      archive: 'practice',
      template: library.template(first.id),
    });
    expect(metadataOf(library.opened(made.id)).study?.[0]?.values).toEqual({
      title: 'Second',
      keywords: ['nuclei'],
    });
  });

  it('shows a file that cannot be opened, with the reason, and can take it off the list', () => {
    make('Good');
    writeFileSync(
      join(home, 'bad.slipway'),
      'not a database, but long enough to be looked into by SQLite. '.repeat(20),
    );
    again();
    const newer = make('Newer');
    library.closeAll();
    const db = new DatabaseSync(join(home, 'Newer.slipway'));
    db.exec('PRAGMA user_version = 50');
    db.close();
    const items = library.list();
    expect(items).toHaveLength(3);
    const bad = items.find(({ fileName }) => fileName === 'bad.slipway');
    expect(bad?.problem).toContain('damaged');
    expect(items.find(({ fileName }) => fileName === 'Newer.slipway')?.problem).toContain('newer Slipway');
    expect(() => library.opened(newer.id)).toThrow();
    const token = library.remove(bad?.id ?? '');
    expect(library.list()).toHaveLength(2);
    library.restore(token);
    expect(library.list().map(({ id }) => id)).toContain(bad?.id);
  });

  it('removes into a bin and restores from it, by a token that outlives the program', () => {
    const made = make('Nuclei');
    const token = library.remove(made.id);
    expect(names()).toEqual([]);
    expect(library.list()).toEqual([]);
    expect(make('Nuclei').fileName).toBe('Nuclei.slipway');
    again().restore(token);
    expect(names()).toEqual(['Nuclei 2.slipway', 'Nuclei.slipway']);
    expect(library.list().map(({ id }) => id)).toContain(made.id);
    expect(() => library.restore(token)).toThrow('no longer in the bin');
    expect(() => library.restore('../../etc')).toThrow('no longer in the bin');
  });

  it('remembers files elsewhere, whatever happens to its note of them', () => {
    const path = join(base, 'mailed.slipway');
    const made = library.createAt(path, {
      title: 'Mailed',
      destination: 'bia-annotations',
      archive: 'practice',
    });
    library.closeAll();
    expect(library.list()).toEqual([]);
    library.open(path);
    const other = join(base, 'other.slipway');
    library.createAt(other, { title: 'Other', destination: 'bia-annotations', archive: 'practice' });
    library.open(other);
    expect(
      again()
        .list()
        .map(({ id }) => id),
    ).toContain(made.id);
    writeFileSync(join(home, 'library.json'), '{"outside": [');
    expect(
      again()
        .list()
        .map(({ id }) => id),
    ).toContain(made.id);
    const token = library.remove(made.id);
    expect(existsSync(path)).toBe(true);
    expect(library.list().map(({ id }) => id)).not.toContain(made.id);
    library.restore(token);
    renameSync(path, join(base, 'moved.slipway'));
    expect(
      again()
        .list()
        .find(({ fileName }) => fileName === 'mailed.slipway')?.problem,
    ).toContain('There is no file');
    expect(() =>
      library.createAt(other, { title: '', destination: 'bia-annotations', archive: 'practice' }),
    ).toThrow('already a file');
  });

  it('makes two submissions of a file that was copied, the open or older one keeping its id', () => {
    const made = make('Nuclei');
    library.closeAll();
    copyFileSync(join(home, 'Nuclei.slipway'), join(home, 'Copy of Nuclei.slipway'));
    const items = library.list();
    expect(new Set(items.map(({ id }) => id)).size).toBe(2);
    expect(items.find(({ fileName }) => fileName === 'Nuclei.slipway')?.id).toBe(made.id);
    const copy = items.find(({ id }) => id !== made.id);
    expect(library.opened(copy?.id ?? '').path).toBe(join(home, 'Copy of Nuclei.slipway'));
    expect(
      again()
        .list()
        .map(({ id }) => id)
        .sort(),
    ).toEqual(items.map(({ id }) => id).sort());
    copyFileSync(join(home, 'Nuclei.slipway'), join(base, 'elsewhere.slipway'));
    expect(library.open(join(base, 'elsewhere.slipway')).id).not.toBe(made.id);
    expect(library.opened(made.id).path).toBe(join(home, 'Nuclei.slipway'));
  });

  it('duplicates all that is described and indexed, and nothing that was sent', async () => {
    const made = make('Nuclei');
    const file = library.opened(made.id);
    const data = join(base, 'data');
    mkdirSync(data);
    addSource(file, data);
    writeIndex(file, { 'm.tif': 'mask' }, data);
    file.run(
      "INSERT INTO transfer_file (entry_id, remote_path, local_path, size, modified_ms, state) VALUES (1, 'p', 'l', 1, 1, 'confirmed')",
    );
    file.run("INSERT INTO deposit_step (id, state, at) VALUES ('submit', 'done', '')");
    file.run("UPDATE submission SET state = 'sent', accession = 'S-BIAD1', remote_folder = 'f'");
    setField(file, {
      section: 'study',
      block: metadataOf(file).study?.[0]?.id ?? '',
      field: 'title',
      value: 'Nuclei 2',
    });
    const copy = await library.duplicate(made.id);
    expect(copy).toMatchObject({
      title: 'Nuclei 2 (copy)',
      fileName: 'Nuclei 2 (copy).slipway',
      state: 'draft',
      accession: null,
    });
    expect(copy.id).not.toBe(made.id);
    const twin = library.opened(copy.id);
    expect(sources(twin)).toHaveLength(1);
    for (const table of ['transfer_file', 'deposit_step', 'change', 'change_step']) {
      expect(twin.get(`SELECT count(*) AS n FROM ${table}`)).toEqual({ n: 0 });
    }
    expect(undo(twin)).toBeNull();
    expect(library.list()).toHaveLength(2);
    expect(names()).toEqual(['Nuclei 2 (copy).slipway', 'Nuclei.slipway']);
  });

  it('takes a scan that its program did not survive for ended', () => {
    const made = make('Nuclei');
    const data = join(base, 'data');
    mkdirSync(data);
    addSource(library.opened(made.id), data);
    library.opened(made.id).run("UPDATE source SET state = 'scanning'");
    expect(sources(again().opened(made.id))[0]?.state).toBe('new');
  });

  it('does not remove a file that another program has open', () => {
    const made = make('Nuclei');
    library.closeAll();
    const other = SubmissionFile.open(join(home, 'Nuclei.slipway'));
    const [item] = library.list();
    expect(item?.problem).toContain('open in another Slipway');
    expect(() => library.remove(item?.id ?? '')).toThrow('open in another Slipway');
    other.close();
    expect(library.list()[0]?.id).toBe(made.id);
  });
});

describe('sources', () => {
  it('are each there once, and none inside another', () => {
    const file = library.opened(make('Nuclei').id);
    const data = join(base, 'data');
    mkdirSync(join(data, 'inner'), { recursive: true });
    mkdirSync(join(base, 'data2', 'inner'), { recursive: true });
    const inner = addSource(file, join(data, 'inner'));
    expect(addSource(file, `${join(data, 'inner')}/`)).toEqual(inner);
    expect(() => addSource(file, data)).toThrow('which was added before');
    expect(() => addSource(file, join(data, 'inner', '..', 'inner'))).not.toThrow();
    addSource(file, join(base, 'data2', 'inner'));
    expect(file.all('SELECT name FROM source ORDER BY id')).toEqual([{ name: 'inner' }, { name: 'inner-2' }]);
    mkdirSync(join(base, 'data2', 'inner', 'deep'));
    expect(() => addSource(file, join(base, 'data2', 'inner', 'deep'))).toThrow('lies inside');
    expect(() => addSource(file, join(base, 'nothing'))).toThrow('no folder');
    writeFileSync(join(base, 'a.tif'), '');
    expect(() => addSource(file, join(base, 'a.tif'))).toThrow('is a file');
  });
});

describe('file names', () => {
  it.each([
    ['Nuclei: a/b?', 'Nuclei - a-b-'],
    ['  .hidden. ', 'hidden'],
    ['con', 'con submission'],
    ['LPT1.x', 'LPT1.x submission'],
    ['', 'Untitled submission'],
    ['///', 'Untitled submission'],
    ['ab\u202Ecd', 'ab cd'],
    ['Größe µm', 'Größe µm'],
  ])('of “%s” is “%s”', (title, name) => {
    expect(fileNameOf(title)).toBe(name);
  });

  it('property: any title makes a name that every system takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (title) => {
        const name = fileNameOf(title);
        expect(name).not.toMatch(/[<>:"/\\|?*\p{Cc}]|^[ .]|[ .]$|^$/u);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(140);
      }),
    );
  });

  it('are free, letters in either case', () => {
    writeFileSync(join(base, 'A.slipway'), '');
    expect(freePath(base, 'a')).toBe(join(base, 'a 2.slipway'));
    expect(freePath(join(base, 'none'), 'a')).toBe(join(base, 'none', 'a.slipway'));
    rmSync(join(base, 'A.slipway'));
  });
});
