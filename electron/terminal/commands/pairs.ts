import type { CallOutput } from '../../../shared/contract/contract.ts';
import type { PairWhy } from '../../../shared/model/pair.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { formatCount, formatCounted } from '../../../shared/rules/format-quantities.ts';
import { operands, WrongUse } from '../arguments.ts';
import type { Command, CommandContext } from '../command.ts';
import { type Session, startSession } from '../session.ts';

/** Rows of each list that are shown; `--list` shows all of one. */
const SHOWN = 10;
const PAGE = 500;

const lists = ['paired', 'open', 'masks', 'images'] as const;
type List = (typeof lists)[number];

interface Line {
  readonly text: string;
  readonly data: object;
}

/**
 * `pairs FILE [--list paired|open|masks|images] [--suggest] [--accept WHAT]`: 1 when masks wait for a decision or have
 * no image.
 */
export const pairs: Command = async (context) => {
  const { line, output } = context;
  const { FILE } = operands(line, 'FILE');
  const list = listOf(line.values.list);
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    if (line.values.accept !== undefined) await accept(session, id, line.values.accept, context);
    if (line.values.suggest) {
      const { suggestions } = await suggest(session, id, context);
      for (const [at, one] of suggestions.entries()) {
        output.say(`${at + 1}  image ${one.image}   mask ${one.mask}`);
        output.say(`   pairs ${formatCount(one.matches)} of ${formatCount(one.looked)} masks looked at`);
        for (const { image, mask } of one.examples.slice(0, 2)) output.say(`   ${image} + ${mask}`);
      }
      output.say(
        suggestions.length === 0
          ? 'No rule was found that would pair more.'
          : `Take one with: slipway pairs ${FILE} --accept 1`,
      );
      output.result({ suggestions });
      return 0;
    }
    if (list !== null) return await showAll(session, id, list, context);
    return await overview(session, id, context);
  } finally {
    await session.close();
  }
};

function listOf(value: string | undefined): List | null {
  if (value === undefined) return null;
  const found = lists.find((one) => one === value);
  if (found === undefined) throw new WrongUse(`--list takes ${lists.join(', ')}, not "${value}".`);
  return found;
}

function suggest(session: Session, id: string, { signal, output }: CommandContext) {
  return session.client.call(
    'pairs.suggest',
    { id },
    { signal, onProgress: ({ now }) => output.progress(now) },
  );
}

/** A number takes that suggestion as a rule, `90%` likely partners, anything else what the rule of that name left open. */
async function accept(session: Session, id: string, what: string, context: CommandContext): Promise<void> {
  const { signal, output } = context;
  const options = { signal, onProgress: ({ now }: { now: string }) => output.progress(now) };
  const percent = /^(\d{1,3})%$/.exec(what)?.[1];
  if (percent !== undefined) {
    const least = Math.min(100, Number(percent)) / 100;
    const { joined } = await session.client.call('pairs.takeProposals', { id, least }, options);
    output.say(`Paired ${formatCounted(joined, 'mask')} with the likeliest image.`);
    return;
  }
  const { rules } = await session.client.call('pairs.rules', { id });
  if (/^\d+$/.test(what)) {
    const chosen = (await suggest(session, id, context)).suggestions[Number(what) - 1];
    if (!chosen) throw new Problem('no-suggestion', `There is no suggestion ${what}.`);
    let number = rules.length + 1;
    while (rules.some((rule) => rule.id === `own-${number}`)) number++;
    const added = { id: `own-${number}`, image: chosen.image, mask: chosen.mask, enabled: true };
    const { pairs: found } = await session.client.call(
      'pairs.setRules',
      { id, rules: [...rules, added] },
      options,
    );
    output.say(`Added the rule ${added.id}; there are ${formatCounted(found, 'pair')} now.`);
    return;
  }
  if (!rules.some((rule) => rule.id === what)) {
    throw new Problem('no-rule', `There is no pairing rule “${what}”.`, {
      advice: `Rules here: ${rules.map((rule) => rule.id).join(', ')}.`,
    });
  }
  let joined = 0;
  for (const why of ['several', 'number'] satisfies PairWhy[]) {
    joined += (await session.client.call('pairs.takeFirst', { id, rule: what, why }, options)).joined;
  }
  output.say(`Paired ${formatCounted(joined, 'mask')} with the likeliest image.`);
}

async function overview(session: Session, id: string, { output }: CommandContext): Promise<0 | 1> {
  const { rules } = await session.client.call('pairs.rules', { id });
  const { kinds } = await session.client.call('pairs.choiceKinds', { id });
  const shown = output.json ? PAGE : SHOWN;
  const pages: Record<List, { total: number; lines: Line[] }> = {
    paired: await pageOf(session, id, 'paired', 0, shown),
    open: await pageOf(session, id, 'open', 0, shown),
    masks: await pageOf(session, id, 'masks', 0, shown),
    images: await pageOf(session, id, 'images', 0, shown),
  };
  for (const list of lists) {
    const { total, lines } = pages[list];
    output.say(titles[list](total));
    for (const { text } of lines) output.say(`  ${text}`);
    const rest = total - lines.length;
    if (rest > 0) output.say(`  … and ${formatCount(rest)} more (--list ${list})`);
  }
  for (const { rule, why, count } of kinds) {
    output.say(
      `${formatCount(count)} left open by the rule ${rule}: take the first with --accept ${rule} (${why})`,
    );
  }
  const of = (list: List) => ({ total: pages[list].total, rows: pages[list].lines.map(({ data }) => data) });
  output.result({
    ...{ paired: of('paired'), open: of('open'), masks: of('masks'), images: of('images') },
    ...{ choiceKinds: kinds, rules },
  });
  return pages.open.total + pages.masks.total === 0 ? 0 : 1;
}

const titles: Readonly<Record<List, (total: number) => string>> = {
  paired: (total) => formatCounted(total, 'pair'),
  open: (total) => `${formatCounted(total, 'mask')} to decide`,
  masks: (total) => `${formatCounted(total, 'mask')} without an image`,
  images: (total) => `${formatCounted(total, 'image')} without a mask`,
};

/** Every row of a list, line by line; with --json at most the first 500. */
async function showAll(
  session: Session,
  id: string,
  list: List,
  { output, signal }: CommandContext,
): Promise<0> {
  let offset = 0;
  let first: object[] = [];
  for (;;) {
    signal.throwIfAborted();
    const { total, lines } = await pageOf(session, id, list, offset, PAGE);
    for (const { text } of lines) output.say(text);
    if (offset === 0) first = lines.map(({ data }) => data);
    offset += lines.length;
    if (lines.length === 0 || offset >= total || output.json) {
      output.result({ list, total, rows: first });
      return 0;
    }
  }
}

async function pageOf(
  session: Session,
  id: string,
  list: List,
  offset: number,
  limit: number,
): Promise<{ total: number; lines: Line[] }> {
  const page = { id, offset, limit };
  if (list === 'paired') {
    const { total, rows } = await session.client.call('pairs.page', page);
    return { total, lines: rows.map(pairLine) };
  }
  if (list === 'open') {
    const { total, rows } = await session.client.call('pairs.choices', page);
    return { total, lines: rows.map(openLine) };
  }
  const kind = list === 'masks' ? 'mask' : 'image';
  const { total, rows } = await session.client.call('pairs.alone', { ...page, kind });
  return { total, lines: rows.map(aloneLine) };
}

function pairLine(pair: CallOutput<'pairs.page'>['rows'][number]): Line {
  const mask = pair.maskPart === '' ? pair.maskPath : `${pair.maskPath} ${pair.maskPart}`;
  return { text: `${pair.imagePath}\t${mask}\t${pair.by}`, data: pair };
}

function openLine(mask: CallOutput<'pairs.choices'>['rows'][number]): Line {
  const images = mask.choices.map(({ imagePath }) => imagePath).join('\t');
  return { text: `${mask.maskPath}\t${images}`, data: mask };
}

function aloneLine(file: CallOutput<'pairs.alone'>['rows'][number]): Line {
  const [first] = file.proposals;
  const likely = first ? `\tperhaps ${first.path} (${Math.round(first.sureness * 100)} %)` : '';
  return { text: `${file.path}${likely}`, data: file };
}
