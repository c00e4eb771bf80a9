import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Finding, FindingGroup, FindingPlace } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { operands } from '../arguments.ts';
import type { Command } from '../command.ts';
import { outFolder } from '../out-folder.ts';
import { type Session, startSession } from '../session.ts';

/** Findings named one by one in a group before the rest is only counted. */
const NAMED = 5;

/** `check FILE [--fix] [--out DIR]`: 1 when something must be fixed. */
export const check: Command = async ({ line, output, signal }) => {
  const { FILE } = operands(line, 'FILE');
  const session = startSession();
  try {
    const { id } = await session.open(FILE);
    const run = () =>
      session.client.call('check.run', { id }, { signal, onProgress: ({ now }) => output.progress(now) });
    let { counts } = await run();
    let fixed = 0;
    if (line.values.fix) {
      fixed = await fixAll(session, id, output.say);
      if (fixed > 0) ({ counts } = await run());
    }
    const { groups } = await session.client.call('findings.groups', { id });
    const detailed = [];
    for (const group of groups) {
      const { rows } = await session.client.call('findings.page', {
        id,
        rule: group.rule,
        level: group.level,
        offset: 0,
        limit: output.json ? 500 : NAMED,
      });
      detailed.push({ ...group, findings: rows });
      for (const text of groupLines(group, rows)) output.say(text);
    }
    if (fixed > 0) output.say(`Fixed ${formatCount(fixed)}; every fix can be undone in the window.`);
    output.say(
      counts.must === 0
        ? 'Nothing must be fixed. Ready to send.'
        : `${formatCount(counts.must)} must be fixed, ${formatCount(counts.should)} should, ${formatCount(counts.may)} may.`,
    );
    if (line.values.out !== undefined) {
      const folder = await outFolder(line.values.out);
      for (const as of ['json', 'html'] as const) {
        const report = await session.engine.content({ what: 'report', id, as }, signal);
        await writeFile(join(folder, `findings.${as}`), report.body);
        output.say(`Wrote ${join(folder, `findings.${as}`)}`);
      }
    }
    output.result({ counts, fixed, groups: detailed });
    return counts.must === 0 ? 0 : 1;
  } finally {
    await session.close();
  }
};

/** Applies every safe fix and says which; returns how many. */
export async function fixAll(session: Session, id: string, say: (line: string) => void): Promise<number> {
  const { groups } = await session.client.call('findings.groups', { id });
  let fixed = 0;
  for (const group of groups.filter(({ fixable }) => fixable > 0)) {
    const { rows } = await session.client.call('findings.page', {
      id,
      rule: group.rule,
      offset: 0,
      limit: NAMED,
    });
    const places = rows.filter(({ fix }) => fix?.safe).map(({ place }) => where(place));
    const count = (await session.client.call('findings.fix', { id, rule: group.rule })).fixed;
    if (count === 0) continue;
    fixed += count;
    const more = count > places.length ? ` and ${formatCount(count - places.length)} more` : '';
    say(
      `✓ fixed  ${formatCount(count)} ${group.title}: ${group.fixTitle ?? ''} (${places.join(', ')}${more})`,
    );
  }
  return fixed;
}

export function groupLines(group: FindingGroup, findings: readonly Finding[]): string[] {
  const mark = { must: '✗ must', should: '! should', may: '· may' }[group.level];
  const rest = group.count - findings.length;
  return [
    `${mark}  ${formatCount(group.count)} ${group.title}`,
    `         ${group.reason} (${group.source})`,
    ...findings.map(({ place, message, fix }) => {
      const repair = fix ? `  → ${[fix.title, fix.after].filter((part) => part !== '').join(': ')}` : '';
      return `         - ${[where(place), message].filter((part) => part !== '').join(': ')}${repair}`;
    }),
    ...(rest > 0 ? [`         … and ${formatCount(rest)} more`] : []),
  ];
}

/** Where a finding is, as a person would look for it. */
function where(place: FindingPlace): string {
  switch (place.kind) {
    case 'entry':
    case 'source':
      return place.path;
    case 'field':
      return `${place.section}, ${place.label}`;
    case 'submission':
      return '';
  }
}
