import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SubmissionSummary } from '../../../shared/model/submission.ts';
import {
  type DepositStep,
  type TransferSnapshot,
  transferPhaseSchema,
} from '../../../shared/model/transfer.ts';
import { sendFace } from './send-face.ts';

const told = (over: Partial<TransferSnapshot>) => ({
  phase: 'idle' as const,
  filesTotal: 10,
  filesDone: 0,
  filesFailed: 0,
  steps: [] as DepositStep[],
  problem: null,
  ...over,
});
const failedAt = (id: DepositStep['id']): DepositStep[] => [
  { id: 'files', title: 'Files', state: 'done', detail: '' },
  { id, title: id, state: 'failed', detail: '' },
];

test('each phase has its face', () => {
  expect(sendFace(told({}), 'draft')).toEqual({ name: 'before' });
  expect(sendFace(told({ phase: 'running' }), 'sending')).toEqual({ name: 'during', activity: 'moving' });
  expect(sendFace(told({ phase: 'paused' }), 'sending')).toEqual({ name: 'during', activity: 'halted' });
  expect(sendFace(told({ phase: 'submitting' }), 'uploaded')).toEqual({
    name: 'during',
    activity: 'submitting',
  });
  expect(sendFace(told({ phase: 'uploaded', filesDone: 10 }), 'uploaded')).toEqual({ name: 'arrived' });
  expect(sendFace(told({ phase: 'deposited' }), 'sent')).toEqual({ name: 'deposited' });
});

test('after a restart of the engine the submission file decides', () => {
  expect(sendFace(told({ filesDone: 4 }), 'sending')).toEqual({ name: 'during', activity: 'halted' });
  expect(sendFace(told({}), 'sending')).toEqual({ name: 'before' });
  expect(sendFace(told({}), 'uploaded')).toEqual({ name: 'arrived' });
  expect(sendFace(told({}), 'sent')).toEqual({ name: 'deposited' });
});

test('the step that failed names the way on', () => {
  const goOn = (id: DepositStep['id']) => sendFace(told({ phase: 'failed', steps: failedAt(id) }), 'sending');
  expect(goOn('sign-in')).toEqual({ name: 'failed', goOn: 'sign-in' });
  expect(goOn('files')).toEqual({ name: 'failed', goOn: 'upload' });
  expect(goOn('validate')).toEqual({ name: 'failed', goOn: 'upload' });
  expect(goOn('submit')).toEqual({ name: 'failed', goOn: 'submit' });
  expect(goOn('processing')).toEqual({ name: 'failed', goOn: 'submit' });
});

test('the code of a problem names the way on where no step does', () => {
  const goOn = (code: string) =>
    sendFace(told({ phase: 'failed', problem: { code, message: 'It stopped.' } }), 'sending');
  expect(goOn('sign-in-again')).toEqual({ name: 'failed', goOn: 'sign-in' });
  expect(goOn('already-there')).toEqual({ name: 'failed', goOn: 'existing' });
  expect(goOn('network')).toEqual({ name: 'failed', goOn: 'upload' });
});

test('with failed files nothing is ever shown as arrived by a snapshot that is not idle', () => {
  const states: SubmissionSummary['state'][] = ['draft', 'sending', 'uploaded', 'sent'];
  fc.assert(
    fc.property(
      fc.constantFrom(...transferPhaseSchema.options.filter((phase) => phase !== 'idle')),
      fc.constantFrom(...states),
      fc.integer({ min: 1, max: 10 }),
      (phase, state, filesFailed) => {
        expect(sendFace(told({ phase, filesFailed }), state).name).not.toBe('arrived');
      },
    ),
  );
});
