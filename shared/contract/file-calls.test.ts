import { describe, expect, it } from 'vitest';
import { entryTargetSchema } from './file-calls.ts';

describe('which entries are meant', () => {
  it.each([[[1, 2]], [{}], [{ kind: 'mask', text: 'a' }], [{ filter: { send: true }, except: [3] }]])(
    'keeps %j as it is',
    (target) => expect(entryTargetSchema.parse(target)).toEqual(target),
  );

  it.each([
    [{ knid: 'mask' }],
    [{ filter: { kind: 'mask' } }],
    [{ filter: {}, except: [], kind: 'mask' }],
    [{ except: [1] }],
    ['all'],
  ])('refuses %j, which would else come to mean every entry', (target) =>
    expect(entryTargetSchema.safeParse(target).success).toBe(false),
  );
});
