import { afterEach, expect, it } from 'vitest';
import { todayAtArchive } from '../../../shared/rules/release-date.ts';
import { eachFinding } from '../library/findings.ts';
import { joinPair } from '../library/pairs.ts';
import { setPairingRules } from '../scan/pair.ts';
import { rightMetadata, submissionWith } from './submission-for-tests.ts';

let submission: Awaited<ReturnType<typeof submissionWith>> | undefined;
const open = async (...paths: readonly string[]) => {
  submission = await submissionWith(Object.fromEntries(paths.map((path) => [path, 'II*\0 not really'])));
  submission.describe(rightMetadata(todayAtArchive()));
  return submission;
};
afterEach(() => {
  submission?.remove();
  submission = undefined;
});

it('a mask that fits several images is to be decided, not without an image; a choice mends it', async () => {
  const one = await open('a.czi', 'a.nd2', 'a_mask.tif', 'b.tif', 'b_2_mask.tif', 'lost_mask.tif');
  await one.check();
  const messages = () =>
    Array.from(eachFinding(one.file), ({ rule, message }) => [rule, message]).filter(([rule]) =>
      rule?.startsWith('mask-'),
    );
  expect(messages()).toEqual([
    ['mask-undecided', expect.stringMatching(/^It fits 2 images equally; the likeliest is a\.(czi|nd2)\.$/)],
    ['mask-undecided', 'The number in its name may be that of another image; the likeliest is b.tif.'],
    ['mask-without-image', 'No image was found for it.'],
  ]);
  joinPair(one.file, one.idOf('a.nd2'), one.idOf('a_mask.tif'));
  await one.check();
  expect(messages().map(([rule]) => rule)).toEqual(['mask-undecided', 'mask-without-image']);
});

it('a mask that a rule gives to a whole stack is not said to have too many images', async () => {
  const one = await open('s_t1.tif', 's_t2.tif', 's_mask.tif');
  const rule = { id: 'stack', image: '{x}_t{all}.{ext}', mask: '{x}_mask.{ext}', enabled: true };
  expect(await setPairingRules(one.file, [rule])).toBe(2);
  await one.check();
  expect(one.found().filter((line) => line.includes('several'))).toEqual([]);
  one.file.run("UPDATE pair SET by = 'manual'");
  await one.check();
  expect(one.found().filter((line) => line.includes('several'))).toHaveLength(1);
});
