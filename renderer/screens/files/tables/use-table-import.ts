import { useCallback, useEffect, useRef, useState } from 'react';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { type ProblemData, problemOf } from '../../../../shared/model/problem.ts';
import type { ImportMode, TableCounts, TableMapping } from '../../../../shared/model/table.ts';
import { engine } from '../../../connection.ts';
import { trackSave } from '../../../stores/saving-store.ts';
import { handOver } from './table-upload.ts';

export type TablePreview = CallOutput<'table.preview'>;

/** A table on its way in: handed over, looked at, mapped, taken. */
export interface TableImport {
  /** The file's name; null before one was chosen. */
  readonly name: string | null;
  readonly preview: TablePreview | null;
  readonly mode: ImportMode;
  /** What goes on now, if anything. While the file is handed over it counts bytes, then rows. */
  readonly progress: CountedProgress | null;
  readonly counts: 'bytes' | 'rows';
  readonly busy: 'reading' | 'importing' | null;
  readonly problem: ProblemData | null;
  readonly choose: (file: File) => void;
  /** Looks at the table again with something said otherwise. */
  readonly change: (part: ImportChange) => void;
  /** Takes it; null when it was stopped or failed, which `problem` says. */
  readonly take: () => Promise<TableCounts | null>;
  readonly stop: () => void;
}

export interface ImportChange {
  readonly sheet?: string;
  readonly mapping?: TableMapping;
  readonly mode?: ImportMode;
}

const plainMode: ImportMode = { cells: 'overwrite', empty: 'keep' };

interface State {
  readonly name: string | null;
  readonly preview: TablePreview | null;
  readonly mode: ImportMode;
  readonly progress: CountedProgress | null;
  readonly counts: TableImport['counts'];
  readonly busy: TableImport['busy'];
  readonly problem: ProblemData | null;
}

export function useTableImport(id: string): TableImport {
  const [state, setState] = useState<State>({
    ...{
      name: null,
      preview: null,
      mode: plainMode,
      progress: null,
      counts: 'bytes',
      busy: null,
      problem: null,
    },
  });
  const table = useRef<string | null>(null);
  const running = useRef<AbortController | null>(null);
  const merge = useCallback((part: Partial<State>) => setState((now) => ({ ...now, ...part })), []);

  /** Runs one thing; what ran before is given up, and its end is no news. */
  const run = useCallback(
    async <T>(
      busy: 'reading' | 'importing',
      work: (signal: AbortSignal) => Promise<T>,
    ): Promise<T | null> => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      merge({ busy, problem: null, progress: null });
      try {
        const answer = await work(controller.signal);
        if (running.current !== controller) return null;
        merge({ busy: null, progress: null });
        return answer;
      } catch (thrown) {
        if (running.current !== controller) return null;
        const problem = problemOf(thrown);
        const isStopped = problem.code === 'cancelled' || controller.signal.aborted;
        merge({ busy: null, progress: null, problem: isStopped ? null : problem });
        return null;
      }
    },
    [merge],
  );
  const onProgress = useCallback((progress: CountedProgress) => merge({ progress }), [merge]);

  const look = useCallback(
    async (file: string, part: ImportChange, mode: ImportMode, signal: AbortSignal) => {
      const { sheet, mapping } = part;
      const preview = await engine.call(
        'table.preview',
        {
          ...{ id, file, mode },
          ...(sheet === undefined ? {} : { sheet }),
          ...(mapping === undefined ? {} : { mapping }),
        },
        { signal, onProgress },
      );
      merge({ preview });
    },
    [id, merge, onProgress],
  );

  const choose = useCallback(
    (file: File) => {
      table.current = null;
      setState({
        ...{
          name: file.name,
          preview: null,
          mode: plainMode,
          progress: null,
          counts: 'bytes',
          busy: null,
          problem: null,
        },
      });
      void run('reading', async (signal) => {
        const told = (done: number) => onProgress({ done, total: file.size, now: 'Reading the file' });
        const handed = await handOver(file, signal, told);
        table.current = handed;
        merge({ progress: null, counts: 'rows' });
        await look(handed, {}, plainMode, signal);
      });
    },
    [run, look, merge, onProgress],
  );
  const change = useCallback(
    (part: ImportChange) => {
      const file = table.current;
      if (file === null) return;
      const mode = part.mode ?? state.mode;
      const kept = part.sheet === undefined ? (part.mapping ?? state.preview?.mapping) : undefined;
      const next = { ...part, ...(kept === undefined ? {} : { mapping: kept }) };
      setState((now) => ({
        ...now,
        mode,
        // The choices show at once what was chosen; the counts follow.
        preview: now.preview && kept ? { ...now.preview, mapping: kept } : now.preview,
      }));
      void run('reading', (signal) => look(file, next, mode, signal));
    },
    [state.mode, state.preview, run, look],
  );
  const take = useCallback(async () => {
    const file = table.current;
    const mapping = state.preview?.mapping;
    if (file === null || mapping === undefined) return null;
    const answer = await run('importing', (signal) =>
      trackSave(engine.call('table.import', { id, file, mapping, mode: state.mode }, { signal, onProgress })),
    );
    return answer?.counts ?? null;
  }, [id, state.preview, state.mode, run, onProgress]);

  // A dialog that is closed stops what it began and gives the file back.
  useEffect(
    () => () => {
      running.current?.abort();
      running.current = null;
      if (table.current !== null) engine.call('table.forget', { id, file: table.current }).catch(() => {});
      table.current = null;
    },
    [id],
  );
  return { ...state, choose, change, take, stop: useCallback(() => running.current?.abort(), []) };
}
