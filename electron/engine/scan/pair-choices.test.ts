import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PairingRule } from '../../../shared/model/pair.ts';
import { matchPattern } from '../../../shared/rules/pairing-matching.ts';
import { compileRule } from '../../../shared/rules/pairing-patterns.ts';
import { editEntries } from '../library/entries.ts';
import { redo, undo } from '../library/history.ts';
import {
  choiceKinds,
  choicesPage,
  pairsOfEntry,
  takeFirstChoices,
  waitingCounts,
} from '../library/pair-choices.ts';
import { eachPair, joinPair, keepPairingRules, pairingRules, partPair } from '../library/pairs.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { newSubmissionFile, plainPairPage, temporaryFolder, writeIndex } from '../library/test-support.ts';
import { pairEntries, pairIfStale, setPairingRules } from './pair.ts';
import { previewPairs } from './pair-preview.ts';
import { alonePage, takeProposals } from './pair-proposals.ts';
import { suggestForFile } from './pair-suggestions.ts';

let remove: () => void;
let file: SubmissionFile;
let folder: string;
let ids: Record<string, number> = {};
const id = (path: string) => ids[path] ?? -1;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  file = newSubmissionFile(folder);
  ids = {};
});
afterEach(() => {
  file.close();
  remove();
});

const index = (images: readonly string[], masks: readonly string[]) => {
  const kinds = [...images.map((path) => [path, 'image']), ...masks.map((path) => [path, 'mask'])];
  ids = { ...ids, ...writeIndex(file, Object.fromEntries(kinds)) };
};
const all = { offset: 0, limit: 500, text: '' };
const pairs = () =>
  plainPairPage(file, all).rows.map(({ imagePath, maskPath }) => `${imagePath} + ${maskPath}`);
const open = async () =>
  (await choicesPage(file, all)).rows.map(
    ({ maskPath, why, choices }) =>
      `${maskPath}: ${why} ${choices.map(({ imagePath }) => imagePath).join(', ')}`,
  );
const rule = (image: string, mask: string, name = 'mine'): PairingRule => ({
  id: name,
  image,
  mask,
  enabled: true,
});

describe('masks left open', () => {
  it.each([
    ['a number of its own', ['a.tif'], ['a_2_mask.tif'], 'a_2_mask.tif: number a.tif'],
    [
      'two extensions, neither the mask’s',
      ['a.png', 'a.czi'],
      ['a_mask.tif'],
      'a_mask.tif: several a.czi, a.png',
    ],
    [
      'a star that two images fit',
      ['images/x.tif', 'images/y.tif'],
      ['masks/z.tif'],
      'masks/z.tif: several images/x.tif, images/y.tif',
    ],
  ])('for %s are joined to none', async (_name, images, masks, expected) => {
    index(images, masks);
    expect(await pairEntries(file)).toEqual({ pairs: 0 });
    expect(await open()).toEqual([expected]);
    expect(await previewPairs(file, pairingRules(file))).toMatchObject({
      pairs: 0,
      ambiguousMasks: 1,
      unpairedMasks: 0,
    });
  });

  it('say nothing where chance would do: many images fit', async () => {
    index(
      Array.from({ length: 9 }, (_, n) => `images/i${n}x.tif`),
      ['masks/z.tif'],
    );
    await pairEntries(file);
    expect(await open()).toEqual([]);
    expect((await alonePage(file, { ...all, kind: 'mask' }, {})).total).toBe(1);
  });

  it('are not open any more once a person joined one; undo opens it again; pairing anew keeps both', async () => {
    index(['a.png', 'a.czi'], ['a_mask.tif']);
    await pairEntries(file);
    joinPair(file, id('a.png'), id('a_mask.tif'));
    await pairEntries(file);
    expect([pairs(), await open()]).toEqual([['a.png + a_mask.tif'], []]);
    undo(file);
    await pairEntries(file);
    expect([pairs(), await open()]).toEqual([[], ['a_mask.tif: several a.czi, a.png']]);
    expect(pairsOfEntry(file, id('a_mask.tif')).choices?.choices).toHaveLength(2);
    expect(pairsOfEntry(file, id('a.png'))).toMatchObject({ pairs: [], wantedByTotal: 1 });
  });

  it('are joined to the first all at once by rule and reason, as one step', async () => {
    const names = Array.from({ length: 1200 }, (_, n) => `c${n}`);
    index(
      names.flatMap((name) => [`${name}.png`, `${name}.czi`]),
      [...names.map((name) => `${name}_mask.tif`), 'c7_1_mask.tif'],
    );
    await pairEntries(file);
    expect(await choiceKinds(file)).toEqual([
      { rule: 'ending', why: 'several', count: 1200 },
      { rule: 'longer-name', why: 'several', count: 1 },
    ]);
    expect(await takeFirstChoices(file, { rule: 'ending', why: 'several' }, {})).toBe(1200);
    expect(pairs()).toHaveLength(500);
    expect(plainPairPage(file, all).total).toBe(1200);
    expect(await choicesPage(file, all)).toMatchObject({ total: 1 });
    expect(await waitingCounts(file)).toEqual({ pairs: 1200, open: 1, masks: 0, images: 1200 });
    expect(undo(file)).toBe('Pair 1,200 masks with the likeliest image');
    expect(plainPairPage(file, all).total).toBe(0);
    redo(file);
    await pairEntries(file);
    expect(plainPairPage(file, all).total).toBe(1200);
  });

  it('leave nothing behind when joining is stopped half-way', async () => {
    const names = Array.from({ length: 1500 }, (_, n) => `c${n}`);
    index(
      names.flatMap((name) => [`${name}.png`, `${name}.czi`]),
      names.map((name) => `${name}_mask.tif`),
    );
    await pairEntries(file);
    const stop = new AbortController();
    const taking = takeFirstChoices(
      file,
      { rule: 'ending', why: 'several' },
      { signal: stop.signal, progress: () => stop.abort() },
    );
    await expect(taking).rejects.toMatchObject({ name: 'AbortError' });
    expect(plainPairPage(file, all).total).toBe(0);
    expect(undo(file)).toBeNull();
  });
});

describe('rules for stacks and numbers', () => {
  it('join one mask to all images of a stack', async () => {
    const times = ['t01', 't02', 't03'];
    index([...times.map((t) => `s/cell_${t}.tif`), 's/other_t01.tif'], ['s/cell_mask.tif']);
    await setPairingRules(file, [rule('{dirs}{x}_t{all}.{ext}', '{dirs}{x}_mask.{ext}')]);
    expect(pairs()).toEqual(times.map((t) => `s/cell_${t}.tif + s/cell_mask.tif`));
    file.run("DELETE FROM entry WHERE path = 's/cell_t02.tif'");
    index(['s/cell_t04.tif'], []);
    await pairEntries(file);
    expect(pairs()).toEqual(['t01', 't03', 't04'].map((t) => `s/cell_${t}.tif + s/cell_mask.tif`));
  });

  it('join by number whatever zeros stand before it, and counted from another start', async () => {
    index(
      ['raw/img0.tif', 'raw/img9.tif', 'raw/img12.tif'],
      ['seg/m_001.tif', 'seg/m_010.tif', 'seg/m_013.tif'],
    );
    await setPairingRules(file, [rule('raw/img{#n}.{ext}', 'seg/m_{#n+1}.{ext}')]);
    expect(pairs()).toEqual([
      'raw/img0.tif + seg/m_001.tif',
      'raw/img12.tif + seg/m_013.tif',
      'raw/img9.tif + seg/m_010.tif',
    ]);
  });

  it('find an image in a folder beside, however many folders there are', async () => {
    const others = Array.from({ length: 700 }, (_, n) => `e/aa${n}/b.tif`);
    index(['e/acquired/a.tif', ...others], ['e/masks/a.tif', 'e/masks/b.tif']);
    await setPairingRules(file, [rule('{dirs}*/{x}.{ext}', '{dirs}masks/{x}.{ext}')]);
    expect(pairs()).toEqual(['e/acquired/a.tif + e/masks/a.tif']);
  });

  it('join what a sure star says, numbers or not', async () => {
    index(['a.tif'], ['a_2_mask.tif']);
    await setPairingRules(file, [rule('{x}.{ext}', '{x}_**.{ext}')]);
    expect(pairs()).toEqual(['a.tif + a_2_mask.tif']);
  });
});

describe('files without a partner', () => {
  it('get proposals with reasons, which can be taken all at once and undone', async () => {
    index(
      ['deep/raw/cell 7.tif', 'deep/raw/cell 8.tif'],
      ['deep/done/by me/CELL_07_annotated.tif', 'q/unlike.tif'],
    );
    await pairEntries(file);
    const masks = await alonePage(file, { ...all, kind: 'mask' }, {});
    expect(masks.rows.map(({ path, proposals }) => [path, proposals[0]?.path ?? ''])).toEqual([
      ['deep/done/by me/CELL_07_annotated.tif', 'deep/raw/cell 7.tif'],
      ['q/unlike.tif', ''],
    ]);
    expect(masks.rows[0]?.proposals[0]?.reasons).toContain('same-name');
    const images = await alonePage(file, { ...all, kind: 'image' }, {});
    expect(images.rows[0]?.proposals[0]?.path).toBe('deep/done/by me/CELL_07_annotated.tif');
    expect(await takeProposals(file, 0.8, {})).toBe(1);
    expect(pairs()).toEqual(['deep/raw/cell 7.tif + deep/done/by me/CELL_07_annotated.tif']);
    expect(undo(file)).toBe('Pair 1 mask by likeness');
    expect(pairs()).toEqual([]);
  });

  it('lead to rules that would pair them', async () => {
    const numbers = Array.from({ length: 12 }, (_, n) => n);
    index(
      numbers.map((n) => `run/camera/im${n}.tif`),
      numbers.map((n) => `run/drawn/${String(n + 1).padStart(3, '0')}_roi.tif`),
    );
    await pairEntries(file);
    const [first] = await suggestForFile(file);
    expect(first).toMatchObject({ matches: 12, looked: 12 });
    await setPairingRules(file, [rule(first?.image ?? '', first?.mask ?? '')]);
    expect(plainPairPage(file, all).total).toBe(12);
  });
});

describe('pairing that was stopped', () => {
  it('goes on where it was, and begins anew when something changed', async () => {
    const names = Array.from({ length: 3000 }, (_, n) => `c${n}`);
    index(
      names.map((name) => `${name}.tif`),
      names.map((name) => `${name}_mask.tif`),
    );
    const stop = new AbortController();
    const stopped = pairEntries(file, {
      signal: stop.signal,
      progress: ({ now, done }) => now.startsWith('Pairing') && done >= 4000 && stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    const before = plainPairPage(file, all).total;
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(3000);
    const { path } = file;
    file.close();
    file = SubmissionFile.open(path);
    let first = Number.NaN;
    await pairIfStale(file, {
      progress: ({ now, done }) => {
        if (now.startsWith('Pairing') && Number.isNaN(first)) first = done;
      },
    });
    expect(first).toBeGreaterThan(4000);
    expect(plainPairPage(file, all).total).toBe(3000);
    expect(await pairIfStale(file)).toBe(false);
  });
});

const part = fc.constantFrom('a', 'b', 'a_1', 'a_2', 'b_nuclei', '01', 'x');
const ending = fc.constantFrom('', '_mask', '_2_mask', '_labels', '_01');
const place = fc.constantFrom('', 'images/', 'masks/', 'p/images/', 'p/masks/', 'p/', 'raw/');
const extension = fc.constantFrom('tif', 'png', 'ome.tif');
const path = fc
  .tuple(place, part, ending, extension)
  .map(([where, name, end, ext]) => `${where}${name}${end}.${ext}`);
const files = fc.uniqueArray(fc.record({ path, isMask: fc.boolean() }), {
  selector: ({ path: one }) => one,
  maxLength: 14,
});
type Files = readonly { path: string; isMask: boolean }[];

const put = (into: SubmissionFile, some: Files) =>
  writeIndex(into, Object.fromEntries(some.map(({ path: one, isMask }) => [one, isMask ? 'mask' : 'image'])));
const outcome = async (of: SubmissionFile) => ({
  pairs: [...eachPair(of)].map(({ imagePath, maskPath, by }) => `${imagePath} + ${maskPath} ${by}`).sort(),
  open: (await choicesPage(of, all)).rows.map(({ maskPath, rule: by, why, choices }) =>
    [maskPath, by, why, ...choices.map(({ imagePath, reasons }) => `${imagePath} ${reasons}`)].join(' | '),
  ),
});

describe('whatever files there are', () => {
  let count = 0;
  const fresh = () => newSubmissionFile(folder, `n${count++}`);

  it('the order in which they were found does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.array(fc.nat(), { minLength: 14, maxLength: 14 }), async (some, keys) => {
        const [one, other] = [fresh(), fresh()];
        put(one, some);
        put(
          other,
          some.toSorted((a, b) => (keys[some.indexOf(a)] ?? 0) - (keys[some.indexOf(b)] ?? 0)),
        );
        await pairEntries(one);
        await pairEntries(other);
        expect(await outcome(other)).toEqual(await outcome(one));
        one.close();
        other.close();
      }),
      { numRuns: 40 },
    );
  });

  it('pairing after files came, went and changed their kind equals pairing from scratch', async () => {
    await fc.assert(
      fc.asyncProperty(files, files, fc.array(fc.nat(20), { maxLength: 4 }), async (first, later, turned) => {
        const [grown, scratch] = [fresh(), fresh()];
        const known = put(grown, first);
        await pairEntries(grown);
        const more = later.filter(({ path: one }) => known[one] === undefined);
        Object.assign(known, put(grown, more));
        const now = [...first, ...more];
        const swapped = [...new Set(turned)].flatMap((at) => now[at] ?? []);
        for (const { path: one, isMask } of swapped) {
          editEntries(grown, [known[one] ?? 0], { kind: isMask ? 'image' : 'mask' });
        }
        const gone = now.at(-1);
        if (gone) grown.run('DELETE FROM entry WHERE path = ?', gone.path);
        await pairEntries(grown);
        put(
          scratch,
          now
            .filter((one) => one !== gone)
            .map((one) => (swapped.includes(one) ? { ...one, isMask: !one.isMask } : one)),
        );
        await pairEntries(scratch);
        expect(await outcome(grown)).toEqual(await outcome(scratch));
        grown.close();
        scratch.close();
      }),
      { numRuns: 40 },
    );
  });

  it('no rule joins a mask to an image that does not match it, and what a person joined or parted stays', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(13), fc.nat(13), fc.boolean(), async (some, m, i, parts) => {
        const one = fresh();
        const known = put(one, some);
        await pairEntries(one);
        const masks = some.filter(({ isMask }) => isMask);
        const images = some.filter(({ isMask }) => !isMask);
        const [mask, image] = [masks[m % Math.max(1, masks.length)], images[i % Math.max(1, images.length)]];
        if (mask && image) joinPair(one, known[image.path] ?? 0, known[mask.path] ?? 0);
        const made = plainPairPage(one, all).rows.find(({ by }) => by === 'manual');
        if (made && parts) partPair(one, made.id);
        const rules = pairingRules(one);
        keepPairingRules(one, rules.toReversed());
        await pairEntries(one);
        const compiled = new Map(rules.map((each) => [each.id, compileRule(each)]));
        for (const { imagePath, maskPath, by } of plainPairPage(one, all).rows) {
          if (maskPath === mask?.path && made) expect([by, parts]).toEqual(['manual', false]);
          if (by === 'manual') continue;
          const joined = compiled.get(by);
          if (!joined) throw new Error(`There is no rule ${by}.`);
          const fits = matchPattern(joined.mask, `set/${maskPath}`).some((captures) => {
            const shared = new Map([...captures].filter(([name]) => joined.image.shared.has(name)));
            return matchPattern(joined.image, `set/${imagePath}`, shared).length > 0;
          });
          expect(fits).toBe(true);
        }
        const kept = plainPairPage(one, all).rows.filter(({ by }) => by === 'manual');
        expect(kept).toHaveLength(made && !parts ? 1 : 0);
        one.close();
      }),
      { numRuns: 40 },
    );
  });
});
