import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  answered,
  type Edits,
  edited,
  failed,
  keyOf,
  noEdits,
  saved,
  started,
  unsaved,
  withEdits,
  withoutBlock,
} from './edits.ts';

const place = { section: 'study', block: 'b', field: 'title' };
const key = keyOf(place);
const metadata = (title?: string) => ({
  study: [{ id: 'b', values: title === undefined ? {} : { title } }],
});
const seen = (edits: Edits, title?: string) => withEdits(metadata(title), edits).study?.[0]?.values.title;

test('what is typed is seen at once and stays until an answer asked for after the save shows it', () => {
  let edits = edited(noEdits, place, 'new');
  expect(seen(edits, 'old')).toBe('new');
  edits = saved(started(edits, key), key, 'new', 4);
  expect(seen(answered(edits, 4), 'old')).toBe('new');
  expect(answered(edits, 5).size).toBe(0);
  expect(unsaved(edits)).toEqual([]);
});

test('typing on while a save runs keeps the newer text waiting', () => {
  let edits = started(edited(noEdits, place, 'a'), key);
  edits = edited(edits, place, 'ab');
  edits = saved(edits, key, 'a', 1);
  expect(unsaved(edits).map((edit) => edit.value)).toEqual(['ab']);
  expect(seen(answered(edits, 9), 'a')).toBe('ab');
});

test('a failed save waits again; emptying removes the value', () => {
  const edits = failed(started(edited(noEdits, place, 'a'), key), key);
  expect(unsaved(edits)[0]?.state).toBe('waiting');
  expect(seen(edited(noEdits, place, null), 'old')).toBeUndefined();
  expect(withoutBlock(edits, 'study', 'b').size).toBe(0);
  expect(withoutBlock(edits, 'study', 'c')).toBe(edits);
});

test('whatever the order of saves and answers, the last typed text is what is seen', () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant('type' as const), text: fc.string() }),
    fc.record({ do: fc.constantFrom('start' as const, 'save' as const, 'fail' as const, 'answer' as const) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      let edits: Edits = noEdits;
      let last: string | undefined;
      let onTheWay: string | undefined;
      let disk: string | undefined;
      let asked = 0;
      const answers: { number: number; title: string | undefined }[] = [];
      let server: string | undefined;
      for (const one of steps) {
        if (one.do === 'type') {
          last = one.text;
          edits = edited(edits, place, one.text);
        } else if (one.do === 'start' && onTheWay === undefined && unsaved(edits).length > 0) {
          onTheWay = last;
          edits = started(edits, key);
          answers.push({ number: ++asked, title: disk });
        } else if (one.do === 'save' && onTheWay !== undefined) {
          disk = onTheWay;
          edits = saved(edits, key, onTheWay, asked);
          onTheWay = undefined;
          answers.push({ number: ++asked, title: disk });
        } else if (one.do === 'fail' && onTheWay !== undefined) {
          edits = failed(edits, key);
          onTheWay = undefined;
        } else if (one.do === 'answer') {
          const answer = answers.shift();
          if (answer) {
            server = answer.title;
            edits = answered(edits, answer.number);
          }
        }
        expect(seen(edits, server)).toBe(last ?? server);
      }
    }),
  );
});

test('an edit of a block that is not there shows nowhere', () => {
  const edits = edited(noEdits, { ...place, block: 'gone' }, 'x');
  expect(withEdits(metadata('old'), edits)).toEqual(metadata('old'));
});
