import type { CallOutput } from '../../../shared/contract/contract.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { linkRuleSchema, type SkipRule, settleSecondsSchema } from '../../../shared/model/walk.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { scanNumbers, scanWords } from '../../../shared/rules/scan-words.ts';
import { defaultSkipRules } from '../../../shared/rules/skip-rules.ts';
import { type CommandLine, operands, WrongUse } from '../arguments.ts';
import type { Command } from '../command.ts';
import { type Session, startSession } from '../session.ts';

const PAGE = 500;
/** Paths named of each kind of change; `--paths` names all. */
const NAMED = 10;
const kinds = [
  ['added', '+ new'],
  ['changed', '~ changed'],
  ['gone', '- gone'],
  ['renamed', '> renamed'],
] as const;

/**
 * `scan FILE [--links skip|inside|all] [--settle SECONDS] [--paths]`: looks through the folders again and says what is
 * new, changed, gone and renamed since the last time.
 */
export const scan: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const { links, settle } = walkOptions(line);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    if (settle !== null) await session.client.call('walk.setSettle', { id, seconds: settle });
    const before = await session.client.call('sources.list', { id });
    for (const source of links === null ? [] : before.sources) {
      if (links !== null) await session.client.call('walk.setLinks', { id, sourceId: source.id, links });
    }
    const scanned = await scanNow(session, id, signal, output.progress);
    output.say(scanWords(scanned));
    const { sources } = await session.client.call('sources.list', { id });
    const changes = [];
    for (const source of sources) {
      output.say(sourceWords(source));
      for (const [what, mark] of source.report === null ? [] : kinds) {
        const total = source.report?.[what] ?? 0;
        const most = line.values.paths || output.json ? total : Math.min(total, NAMED);
        for await (const row of changed(session, id, source.id, what, most)) {
          output.say(`  ${mark}  ${row.was === '' ? row.path : `${row.was} → ${row.path}`}`);
          if (output.json) changes.push({ sourceId: source.id, what, ...row });
        }
        if (most < total) output.say(`  ${mark}  … and ${formatCount(total - most)} more; --paths names all`);
      }
    }
    output.result({ ...scanned, sources, changes });
    return sources.some(({ state }) => state === 'gone') ? 1 : 0;
  } finally {
    await session.close();
  }
};

function walkOptions(line: CommandLine) {
  const { links, settle } = line.values;
  const rule = linkRuleSchema.nullable().safeParse(links ?? null);
  if (!rule.success) throw new WrongUse('--links takes skip, inside or all.');
  const seconds = settleSecondsSchema
    .nullable()
    .safeParse(settle === undefined ? null : Number(settle || 'x'));
  if (!seconds.success) throw new WrongUse('--settle takes a number of seconds from 0 to 86400.');
  return { links: rule.data, settle: seconds.data };
}

/** Looks through all folders of a submission, telling how far it is. */
export function scanNow(
  session: Session,
  id: string,
  signal: AbortSignal,
  tell: (words: string) => void,
): Promise<CallOutput<'sources.scan'>> {
  const onProgress = (progress: Parameters<typeof scanNumbers>[0] & { readonly now: string }) =>
    tell(`${progress.now}: ${scanNumbers(progress)}`);
  return session.client.call('sources.scan', { id }, { signal, onProgress });
}

/** One line about a folder: how it is, and what the last look found otherwise than the one before. */
export function sourceWords(source: CallOutput<'sources.list'>['sources'][number]): string {
  const { path, state, trouble, files, skipped, held, report, stale } = source;
  if (state === 'gone') return `${path}: cannot be looked through, ${trouble || 'it is not there'}`;
  if (state !== 'scanned') return `${path}: not looked through to its end`;
  const parts = [formatCounted(files, 'file')];
  if (report !== null) {
    const found = kinds.filter(([what]) => report[what] > 0);
    parts.push(
      found.length === 0
        ? 'nothing changed'
        : found.map(([what, mark]) => `${formatCount(report[what])} ${mark.slice(2)}`).join(', '),
    );
  }
  if (skipped > 0) parts.push(`${formatCount(skipped)} skipped`);
  if (held > 0) parts.push(`${formatCount(held)} held back until ${held === 1 ? 'it rests' : 'they rest'}`);
  if (stale) parts.push('what is skipped was changed since, so scan again');
  return `${path}: ${parts.join('; ')}`;
}

async function* changed(
  session: Session,
  id: string,
  sourceId: number,
  what: (typeof kinds)[number][0],
  most: number,
) {
  for (let offset = 0; offset < most; offset += PAGE) {
    const limit = Math.min(PAGE, most - offset);
    const { rows } = await session.client.call('scan.changes', { id, sourceId, what, offset, limit });
    yield* rows;
  }
}

/**
 * `skip FILE [--add PATTERN]… [--remove PATTERN]… [--off PATTERN]… [--on PATTERN]… [--defaults] [--paths]`: shows and
 * changes what is left out, and looks through the folders again after a change. A rule is named by its pattern or id.
 */
export const skip: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const { rules: kept } = await session.client.call('walk.settings', { id });
    const rules = editedRules(kept, line);
    const isChanged = JSON.stringify(rules) !== JSON.stringify(kept);
    if (isChanged) {
      await session.client.call('skips.setRules', { id, rules });
      output.say(scanWords(await scanNow(session, id, signal, output.progress)));
    }
    const preview = await session.client.call('skips.preview', { id, rules });
    for (const rule of rules) {
      const count = preview.rules.find((one) => one.id === rule.id)?.skipped ?? 0;
      const what = rule.enabled ? `${formatCount(count)} skipped` : 'off';
      output.say(
        `${rule.enabled ? '✓' : '·'}  ${what.padEnd(16)}  ${rule.id.padEnd(8)}  ${rule.pattern}  ${rule.reason}`,
      );
    }
    const { causes, total } = await session.client.call('skips.page', { id, offset: 0, limit: 1 });
    for (const { cause, reason, count } of causes) {
      if (!cause.startsWith('rule:'))
        output.say(`   ${`${formatCount(count)} skipped`.padEnd(16)}  ${reason}`);
    }
    const paths = [];
    for (let offset = 0; line.values.paths && offset < total; offset += PAGE) {
      const { rows } = await session.client.call('skips.page', { id, offset, limit: PAGE });
      for (const { path, reason } of rows) output.say(`- ${path}: ${reason}`);
      if (output.json) paths.push(...rows);
    }
    output.result({
      rules,
      causes,
      skipped: total,
      changed: isChanged,
      ...(line.values.paths ? { paths } : {}),
    });
    return 0;
  } finally {
    await session.close();
  }
};

function editedRules(kept: readonly SkipRule[], line: CommandLine): SkipRule[] {
  const { add = [], remove = [], on = [], off = [], defaults } = line.values;
  let rules: SkipRule[] = [...(defaults ? defaultSkipRules : kept)];
  const named = (name: string) => {
    const found = rules.find(({ id, pattern }) => id === name || pattern === name);
    if (found) return found.id;
    throw new Problem('unknown-skip-rule', `There is no rule “${name}”.`, {
      advice: 'Name it by its pattern or its short name; see them with: slipway skip FILE',
    });
  };
  for (const name of remove) rules = rules.filter(({ id }) => id !== named(name));
  const turn = (name: string, enabled: boolean) => {
    const wanted = named(name);
    rules = rules.map((rule) => (rule.id === wanted ? { ...rule, enabled } : rule));
  };
  for (const name of on) turn(name, true);
  for (const name of off) turn(name, false);
  for (const pattern of add) {
    let number = 1;
    while (rules.some(({ id }) => id === `own-${number}`)) number++;
    rules = [{ id: `own-${number}`, pattern, reason: '', enabled: true }, ...rules];
  }
  return rules;
}
