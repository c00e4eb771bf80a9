import { useId } from 'react';
import type { CallOutput } from '../../../../shared/contract/contract.ts';
import type { SkipRule } from '../../../../shared/model/walk.ts';
import { IconButton } from '../../../components/button.tsx';
import { classes } from '../../../components/classes.ts';
import { TextInput } from '../../../components/field.tsx';
import { Icon } from '../../../components/icons.tsx';
import styles from './walk-dialogs.module.css';
import { ruleWords } from './walk-words.ts';

/** One rule: whether it counts, its pattern, what such files are, and what it leaves out here. */
export function SkipRuleRow({
  rule,
  number,
  preview,
  onChange,
  onRemove,
}: {
  readonly rule: SkipRule;
  readonly number: number;
  readonly preview: CallOutput<'skips.preview'>['rules'][number] | undefined;
  readonly onChange: (edit: Partial<Omit<SkipRule, 'id'>>) => void;
  readonly onRemove: () => void;
}) {
  const id = useId();
  const fault = rule.pattern.trim() === '' ? '' : (preview?.fault ?? '');
  return (
    <li className={classes(styles.rule, !rule.enabled && styles.off)}>
      <input
        type="checkbox"
        aria-label={`Use rule ${number}`}
        checked={rule.enabled}
        onChange={(event) => onChange({ enabled: event.target.checked })}
      />
      <TextInput
        className={styles.pattern}
        aria-label={`Pattern of rule ${number}`}
        aria-describedby={`${id}-about`}
        aria-invalid={fault !== '' || undefined}
        placeholder="*.tmp"
        title={rule.pattern}
        value={rule.pattern}
        spellCheck={false}
        onChange={(event) => onChange({ pattern: event.target.value })}
      />
      <TextInput
        className={styles.reason}
        aria-label={`What rule ${number} leaves out`}
        placeholder="what they are"
        value={rule.reason}
        maxLength={200}
        onChange={(event) => onChange({ reason: event.target.value })}
      />
      <IconButton small icon="trash" label={`Remove rule ${number}`} onClick={onRemove} />
      {fault === '' ? (
        <span id={`${id}-about`} className={styles.about} title={preview?.examples.join('\n')}>
          {aboutRule(rule, preview)}
        </span>
      ) : (
        <span id={`${id}-about`} className={styles.fault}>
          <Icon name="must" size={14} />
          {fault}
        </span>
      )}
    </li>
  );
}

function aboutRule(
  rule: SkipRule,
  preview: CallOutput<'skips.preview'>['rules'][number] | undefined,
): string {
  if (rule.pattern.trim() === '') return 'Type a name or a pattern.';
  if (!rule.enabled) return 'Off';
  return preview === undefined ? 'Counting' : ruleWords(preview);
}
