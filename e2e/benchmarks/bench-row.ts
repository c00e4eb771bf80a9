/** One line of a benchmark: what was measured, against whom, and whether it is good enough. */
export interface BenchRow {
  /** What was done, with how much, such as `scan: first index of 1,000,000 files`. */
  readonly work: string;
  /** The program or number that it is held against. */
  readonly peer: string;
  /** Slipway's measure over the peer's: the median of the ratios of paired rounds. Less is better. */
  readonly ratio: number;
  /** The largest ratio that is good enough. */
  readonly reach: number;
  readonly met: boolean;
  /** Most memory that the process with Slipway's engine held, in 1e6 bytes; null when it was not the question. */
  readonly memoryMB: number | null;
}

/** A row as a work gives it: whether its reach is met is found here. A reach that was not measured is not met. */
export function benchRow(row: Omit<BenchRow, 'met' | 'memoryMB'> & { memoryMB?: number | null }): BenchRow {
  const ratio = Math.round(row.ratio * 1000) / 1000;
  const memoryMB = row.memoryMB == null ? null : Math.round(row.memoryMB);
  return { work: row.work, peer: row.peer, ratio, reach: row.reach, met: row.ratio <= row.reach, memoryMB };
}

/** Rows as a table for people. */
export function tableOf(rows: readonly BenchRow[]): string {
  const head = ['work', 'peer', 'ratio', 'reach', 'met', 'memory'];
  const cells = rows.map(({ work, peer, ratio, reach, met, memoryMB }) => [
    work,
    peer,
    ratio.toFixed(2),
    `≤ ${reach.toFixed(2)}`,
    met ? 'yes' : 'NO',
    memoryMB === null ? '' : `${memoryMB} MB`,
  ]);
  const widths = head.map((name, at) => Math.max(name.length, ...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}
