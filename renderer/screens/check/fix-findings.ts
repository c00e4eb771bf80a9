import type { FindingGroup } from '../../../shared/model/finding.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { engine } from '../../connection.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { showProblem, showToast } from '../../stores/toast-store.ts';

const pageLimit = 500;

/** The ids of all findings of a group whose message or place contains a text and that can be fixed safely. */
export async function fixableIds(id: string, group: FindingGroup, text: string): Promise<number[]> {
  const ids: number[] = [];
  for (let offset = 0; ; offset += pageLimit) {
    const { rows, total } = await engine.call('findings.page', {
      id,
      rule: group.rule,
      level: group.level,
      text,
      offset,
      limit: pageLimit,
    });
    for (const finding of rows) if (finding.fix?.safe) ids.push(finding.id);
    if (rows.length === 0 || offset + rows.length >= total) return ids;
  }
}

/** Fixes findings of a rule, all or those named, and offers to take it back. Failures are shown, never thrown. */
export async function fixFindings(id: string, rule: string, findings?: readonly number[]): Promise<void> {
  try {
    const named = findings === undefined ? {} : { findings: [...findings] };
    const { fixed } = await trackSave(engine.call('findings.fix', { id, rule, ...named }));
    if (fixed === 0) showToast({ message: 'Nothing was left to fix here.' });
    else showUndoable(id, `${formatCounted(fixed, 'finding')} fixed.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}
