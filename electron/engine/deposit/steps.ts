import type { DepositStep } from '../../../shared/model/transfer.ts';
import type { SubmissionFile } from '../library/submission-file.ts';

export type StepId = DepositStep['id'];

const titles: Readonly<Record<StepId, string>> = {
  'sign-in': 'Sign in',
  files: 'Send the files',
  'file-lists': 'Send the file lists',
  validate: 'Have the archive check the lists',
  draft: 'Write the description',
  submit: 'Hand it in',
  processing: 'Wait for the archive',
};
const order = Object.keys(titles) as StepId[];

interface Row {
  readonly id: StepId;
  readonly state: DepositStep['state'];
  readonly detail: string;
  readonly data: string;
}

/**
 * The steps of a deposit, kept in the submission file. Each change is committed before its method returns, so that
 * after a kill `data` says what had been begun.
 */
export class Steps {
  readonly #file: SubmissionFile;
  readonly #changed: () => void;

  constructor(file: SubmissionFile, changed: () => void = () => {}) {
    this.#file = file;
    this.#changed = changed;
  }

  /** All steps in order, for people. */
  list(): DepositStep[] {
    const rows = new Map(
      this.#file.all<Row>('SELECT id, state, detail, data FROM deposit_step').map((row) => [row.id, row]),
    );
    return order.map((id) => {
      const row = rows.get(id);
      return { id, title: titles[id], state: row?.state ?? 'waiting', detail: row?.detail ?? '' };
    });
  }

  /** What a step needs to go on after a kill; empty when it never began. */
  data(id: StepId): Record<string, unknown> {
    const row = this.#file.get<{ data: string }>('SELECT data FROM deposit_step WHERE id = ?', id);
    return row ? (JSON.parse(row.data) as Record<string, unknown>) : {};
  }

  stateOf(id: StepId): DepositStep['state'] {
    const row = this.#file.get<{ state: DepositStep['state'] }>(
      'SELECT state FROM deposit_step WHERE id = ?',
      id,
    );
    return row?.state ?? 'waiting';
  }

  /** Begins a step, or says how far it is. What it had kept stays unless `data` replaces it. */
  running(id: StepId, detail = '', data?: Record<string, unknown>): void {
    this.#set(id, 'running', detail, data);
  }

  done(id: StepId, detail = '', data?: Record<string, unknown>): void {
    this.#set(id, 'done', detail, data);
  }

  failed(id: StepId, detail: string, data?: Record<string, unknown>): void {
    this.#set(id, 'failed', detail, data);
  }

  /** Takes steps back because what they rest on has changed; what they had kept stays unless `data` replaces it. */
  waiting(ids: readonly StepId[], data?: Record<string, unknown>): void {
    for (const id of ids) this.#set(id, 'waiting', '', data);
  }

  /** Ends the step that runs, if one does: stopped by a person, or failed for a reason. */
  endRunning(state: 'waiting' | 'failed', detail: string): void {
    const running = this.list().find((step) => step.state === 'running');
    if (running) this.#set(running.id, state, detail);
  }

  #set(id: StepId, state: DepositStep['state'], detail: string, data?: Record<string, unknown>): void {
    const at = new Date().toISOString();
    this.#file.run(
      `INSERT INTO deposit_step (id, state, detail, data, at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at,
         data = CASE WHEN ? THEN excluded.data ELSE data END`,
      id,
      state,
      detail,
      JSON.stringify(data ?? {}),
      at,
      data === undefined ? 0 : 1,
    );
    this.#changed();
  }
}
