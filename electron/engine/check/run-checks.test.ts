import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { serverAccepts } from '../../../shared/rules/remote-names.ts';
import { editEachEntry, editEntries } from '../library/entry-edit.ts';
import { eachFinding, findingGroups } from '../library/findings.ts';
import { redo, undo } from '../library/history.ts';
import { metadataOf } from '../library/metadata-document.ts';
import { eachSendable } from '../library/sendable.ts';
import { scanSources } from '../scan/scan.ts';
import { applyFix } from './apply-fix.ts';
import { describeRule } from './rules.ts';
import { rightMetadata, submissionWith } from './submission-for-tests.ts';

let submission: Awaited<ReturnType<typeof submissionWith>> | undefined;
const open = async (files: Readonly<Record<string, string>>) => {
  submission = await submissionWith(files);
  submission.describe(rightMetadata(todayAtArchive()));
  return submission;
};
afterEach(() => {
  submission?.remove();
  submission = undefined;
});
const remote = ({ file }: { file: Parameters<typeof eachSendable>[0] }) =>
  Array.from(eachSendable(file), ({ remotePath }) => remotePath).toSorted();
const tiff = 'II*\0 not really';
const aboutNames = (lines: string[]) => lines.filter((line) => line.startsWith('name-'));

describe('a check of a whole submission', () => {
  it('finds nothing that must be fixed in one that is right', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    expect(await one.check()).toMatchObject({ must: 0, should: 0 });
    expect(one.file.get('SELECT checked_at FROM submission WHERE checked_at IS NULL')).toBeUndefined();
  });

  it('counts what it has done up to the total', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    const { runChecks } = await import('./run-checks.ts');
    const { readsNothing } = await import('./submission-for-tests.ts');
    const told: { done: number; total: number | null; now: string }[] = [];
    await runChecks(
      one.file,
      { readImage: readsNothing },
      { signal: new AbortController().signal, progress: (step) => told.push(step) },
    );
    expect(told.at(-1)).toMatchObject({ done: 3, total: 3, now: 'Reading a_mask.tif' });
    expect(told.map(({ done }) => done)).toEqual(told.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  it('says that there is nothing to send: no folder, empty folder, folder without masks', async () => {
    const empty = await open({});
    await empty.check();
    expect(empty.found()).toEqual([`source-without-images ${empty.data}`, 'nothing-to-send']);
    empty.remove();
    const images = await open({ 'a.tif': tiff, 'notes.txt': 'x' });
    await images.check();
    expect(images.found()).toEqual(['nothing-to-send', 'image-without-mask a.tif']);
  });

  it('says that a folder is gone or was never looked through', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    one.file.run("UPDATE source SET state = 'new'");
    await one.check();
    expect(one.found()).toContain(`source-not-scanned ${one.data}`);
    rmSync(one.data, { recursive: true });
    await scanSources(one.file, { settleMs: 0 });
    await one.check();
    expect(one.found()).toContain(`source-gone ${one.data}`);
  });

  it('sees files that changed, vanished or may not be read since the folder was looked through', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff, 'b.tif': tiff, 'b_mask.tif': tiff });
    writeFileSync(join(one.data, 'a_mask.tif'), `${tiff} and more`);
    rmSync(join(one.data, 'b_mask.tif'));
    await one.check();
    expect(one.found()).toEqual(
      expect.arrayContaining(['file-changed a_mask.tif', 'file-vanished b_mask.tif']),
    );
  });

  it.skipIf(process.getuid?.() === 0)(
    'names files that may not be read (skipped for root, who may read all)',
    async () => {
      const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
      chmodSync(join(one.data, 'a_mask.tif'), 0);
      await scanSources(one.file, { settleMs: 0 });
      await one.check();
      expect(one.found()).toContain('file-unreadable a_mask.tif');
    },
  );

  it('wants files for each annotation', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    const metadata = rightMetadata(todayAtArchive());
    metadata.annotations?.push({ id: 'b', values: { ...metadata.annotations[0]?.values, title: 'Tracks' } });
    one.describe(metadata);
    await one.check();
    expect(one.found()).toContain('annotation-without-files annotations.title');
    editEntries(one.file, [one.idOf('a_mask.tif')], { annotationBlock: 'b' });
    await one.check();
    const [finding] = eachFinding(one.file, { rule: 'annotation-without-files' });
    expect(finding?.message).toBe('No file is assigned to “Masks”.');
  });

  it('points out a column that says the same in every row, but not one that half the rows have', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff, 'b.tif': tiff, 'b_mask.tif': tiff });
    const masks = ['a_mask.tif', 'b_mask.tif'].map(one.idOf);
    editEntries(one.file, masks, { columns: { Dose: '5' } });
    editEntries(one.file, masks.slice(0, 1), { columns: { Half: 'x' } });
    await one.check();
    const messages = Array.from(
      eachFinding(one.file, { rule: 'column-one-value' }),
      ({ message }) => message,
    );
    expect(messages).toEqual(['“Dose” says “5” in every row.']);
  });

  it('wants a method that this version has (BioImage Archive Submit page)', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    one.file.run("UPDATE entry SET size = 1500000000000 WHERE path = 'a_mask.tif'");
    await one.check();
    expect(one.found()).toContain('method-not-ready');
    await one.check({
      ready: [
        { id: 'submission-tool', largestFile: 20e9 },
        { id: 'chunked', largestFile: null },
      ],
    });
    expect(one.found()).not.toContain('method-not-ready');
    one.file.run("UPDATE submission SET method = 'submission-tool'");
    await one.check();
    expect(one.found()).toContain('method-too-small');
    expect(one.found()).not.toContain('method-not-ready');
  });

  it('looks into OME-Zarrs for names that the archive refuses', async () => {
    const one = await open({
      'a.tif': tiff,
      'a_mask.zarr/.zgroup': '{"zarr_format":2}',
      'a_mask.zarr/.zattrs': '{"multiscales":[]}',
      'a_mask.zarr/core+nuclei/0': 'x',
    });
    one.file.run(
      "UPDATE entry SET send_chosen = 1, source_image_chosen = 'a.tif' WHERE path = 'a_mask.zarr'",
    );
    await one.check();
    expect(aboutNames(one.found())).toEqual(['name-in-zarr a_mask.zarr']);
  });
});

describe('names', () => {
  it('of a folder as people have it', async () => {
    const one = await open({
      'im é.tif': tiff,
      'im é_mask.tif': tiff,
      'a+b_mask.tif': tiff,
      'a+b.tif': tiff,
      'two  blanks_mask.tif': tiff,
      'two  blanks.tif': tiff,
    });
    await one.check();
    expect(aboutNames(one.found()).toSorted()).toEqual([
      'name-blank im é_mask.tif',
      'name-double-blank two  blanks_mask.tif',
      'name-not-ascii im é_mask.tif',
      'name-plus a+b_mask.tif',
    ]);
    const group = findingGroups(one.file, describeRule).find(({ rule }) => rule === 'name-plus');
    expect(group).toMatchObject({
      level: 'must',
      count: 1,
      fixable: 1,
      title: 'name contains +',
      fixTitle: 'Rename them at the archive',
    });

    const before = readdirSync(one.data);
    for (const rule of ['name-plus', 'name-not-ascii', 'name-double-blank'])
      expect(applyFix(one.file, rule)).toBe(1);
    expect(remote(one)).toEqual(['data/a--b_mask.tif', 'data/im e_mask.tif', 'data/two blanks_mask.tif']);
    expect(readdirSync(one.data)).toEqual(before);
    await one.check();
    expect(aboutNames(one.found()).every((line) => line.startsWith('name-blank'))).toBe(true);
  });

  it('that clash: the same, in capitals only, as file and folder, with a file list', async () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f'].flatMap((name) => [`${name}.tif`, `${name}_mask.tif`]);
    const one = await open(Object.fromEntries(files.map((name) => [name, tiff])));
    // In the order in which they were found: the first of a name keeps it.
    const masks = one.file.all<{ id: number; path: string }>(
      "SELECT id, path FROM entry WHERE kind = 'mask' ORDER BY id",
    );
    const paths = ['x/m.tif', 'x/m.tif', 'x/M.tif', 'x', 'file-list-1-masks.tsv', 'y.tif'];
    editEachEntry(
      one.file,
      't',
      masks.map(({ id }, at) => ({ entryId: id, edit: { remotePath: paths[at] ?? '' } })),
    );
    await one.check();
    expect(aboutNames(one.found())).toEqual([
      `name-twice ${masks[1]?.path}`,
      `name-capitals ${masks[2]?.path}`,
      `name-file-and-folder ${masks[3]?.path}`,
      `name-twice ${masks[4]?.path}`,
    ]);
    for (const rule of ['name-twice', 'name-capitals', 'name-file-and-folder']) applyFix(one.file, rule);
    expect(remote(one)).toEqual([
      'file-list-1-masks-2.tsv',
      'x-2',
      'x/M-3.tif',
      'x/m-2.tif',
      'x/m.tif',
      'y.tif',
    ]);
    await one.check();
    expect(aboutNames(one.found())).toEqual([]);
  });

  it('whatever they are, can be fixed in any order without a clash, and undone', async () => {
    const count = 8;
    const names = Array.from({ length: count }, (_, at) => `f${at}_mask.tif`);
    const one = await open(
      Object.fromEntries(
        names.flatMap((name) => [
          [name, tiff],
          [name.replace('_mask', ''), tiff],
        ]),
      ),
    );
    const ids = names.map(one.idOf);
    const path = fc.string({ unit: fc.constantFrom(...'aA+,&é./ .\t\u0301'), minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(path, { minLength: count, maxLength: count }),
        fc.gen(),
        async (paths, draw) => {
          editEachEntry(
            one.file,
            'set',
            ids.map((entryId, at) => ({ entryId, edit: { remotePath: paths[at] ?? '', send: true } })),
          );
          await one.check();
          const start = remote(one);
          const fixable = findingGroups(one.file, describeRule).filter(
            ({ rule, fixable: some }) => rule.startsWith('name-') && some > 0,
          );
          let steps = 0;
          for (const { rule } of draw(fc.shuffledSubarray, fixable, { minLength: fixable.length })) {
            if (applyFix(one.file, rule) > 0) steps++;
          }
          await one.check();
          const left = Array.from(eachFinding(one.file), ({ rule, level }) => `${rule} ${level}`);
          expect(left.filter((line) => /^name-.* (must|should)$/.test(line))).toEqual([]);
          const sent = remote(one);
          expect(sent.every(serverAccepts)).toBe(true);
          expect(new Set(sent.map((name) => name.toLowerCase())).size).toBe(sent.length);
          const finish = sent;
          for (let step = 0; step < steps; step++) undo(one.file);
          expect(remote(one)).toEqual(start);
          for (let step = 0; step < steps; step++) redo(one.file);
          expect(remote(one)).toEqual(finish);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('fixes', () => {
  it('change what is sent and never a file on disk; one fix is one step of undo', async () => {
    const one = await open({
      'lost_mask.tif': tiff,
      'found.tif': tiff,
      'found_mask.tif': tiff,
      'gone_mask.tif': tiff,
    });
    const look = () =>
      readdirSync(one.data).map((name) => [
        name,
        readFileSync(join(one.data, name), 'utf8'),
        statSync(join(one.data, name)).mtimeMs,
      ]);
    const before = look();
    await one.check();
    expect(applyFix(one.file, 'mask-without-image')).toBe(2);
    expect(remote(one)).toEqual(['data/found_mask.tif']);
    expect(look()).toEqual(before);
    expect(undo(one.file)).toBe('Fix: masks have no image');
    expect(remote(one)).toHaveLength(3);
  });

  it('apply to those named only, and pass over what was changed since', async () => {
    const one = await open({ 'a+.tif': tiff, 'a+_mask.tif': tiff, 'b+.tif': tiff, 'b+_mask.tif': tiff });
    await one.check();
    const [first, second] = Array.from(eachFinding(one.file, { rule: 'name-plus' }), ({ id }) => id);
    editEntries(one.file, [one.idOf('a+_mask.tif')], { remotePath: 'mine+.tif' });
    expect(applyFix(one.file, 'name-plus', [first ?? -1])).toBe(0);
    expect(applyFix(one.file, 'name-plus', [second ?? -1])).toBe(1);
    expect(remote(one)).toEqual(['data/b--_mask.tif', 'mine+.tif']);
  });

  it('mend cells and fields', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    const mask = one.idOf('a_mask.tif');
    editEntries(one.file, [mask], {
      annotationType: 'Tracks',
      columns: { Dose: '5\t6' },
      sourceImage: 'x\ny',
    });
    const metadata = rightMetadata(todayAtArchive());
    const contact = metadata.contacts?.[0];
    if (contact) contact.values.email = 'Ada <ada@example.org>';
    one.describe(metadata);
    expect(await one.check()).toMatchObject({ must: 4 });
    expect(applyFix(one.file, 'cell-characters')).toBe(2);
    expect(applyFix(one.file, 'annotation-type-unknown')).toBe(1);
    expect(applyFix(one.file, 'field-wrong')).toBe(1);
    expect(metadataOf(one.file).contacts?.[0]?.values.email).toBe('ada@example.org');
    const [sent] = eachSendable(one.file);
    expect(sent).toMatchObject({ annotationType: 'tracks', sourceImage: 'x y', columns: { Dose: '5 6' } });
    expect(await one.check()).toMatchObject({ must: 0 });
    undo(one.file);
    expect(metadataOf(one.file).contacts?.[0]?.values.email).toBe('Ada <ada@example.org>');
  });

  it('leave nothing behind for a rule without findings', async () => {
    const one = await open({ 'a.tif': tiff, 'a_mask.tif': tiff });
    mkdirSync(join(one.data, 'later'));
    await one.check();
    expect(applyFix(one.file, 'name-plus')).toBe(0);
    expect(applyFix(one.file, 'no-such-rule')).toBe(0);
    expect(undo(one.file)).toBeNull();
  });
});
