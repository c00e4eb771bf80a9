import { useId } from 'react';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { IconButton } from '../../../components/button.tsx';
import { Checkbox, TextInput } from '../../../components/field.tsx';
import { Icon } from '../../../components/icons.tsx';
import styles from './rules-tab.module.css';

/** One rule: whether it counts, its two patterns, what it finds and what is wrong with it. */
export function RuleRow({
  rule,
  number,
  isLast,
  fault,
  finds,
  onChange,
  onMove,
  onRemove,
}: {
  readonly rule: PairingRule;
  readonly number: number;
  readonly isLast: boolean;
  readonly fault: string | null;
  /** What it finds as far as is known, in words; null while nothing is. */
  readonly finds: string | null;
  readonly onChange: (edit: Partial<Omit<PairingRule, 'id'>>) => void;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
}) {
  const id = useId();
  const side = (name: 'image' | 'mask', label: string) => (
    <div className={styles.pattern}>
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <TextInput
        id={`${id}-${name}`}
        value={rule[name]}
        title={rule[name]}
        spellCheck={false}
        aria-invalid={rule[name].trim() === '' || fault !== null || undefined}
        aria-describedby={fault === null ? undefined : `${id}-fault`}
        onChange={(event) => onChange({ [name]: event.target.value })}
      />
    </div>
  );
  return (
    <li className={styles.rule}>
      <div className={styles.ruleHead}>
        <Checkbox
          label={`Rule ${number}`}
          checked={rule.enabled}
          onChange={(event) => onChange({ enabled: event.target.checked })}
        />
        {rule.enabled && fault === null && finds !== null && <span className={styles.finds}>{finds}</span>}
        <span className={styles.ruleButtons}>
          <IconButton
            small
            icon="arrowUp"
            label={`Try rule ${number} earlier`}
            disabled={number === 1}
            onClick={() => onMove(-1)}
          />
          <IconButton
            small
            icon="arrowDown"
            label={`Try rule ${number} later`}
            disabled={isLast}
            onClick={() => onMove(1)}
          />
          <IconButton small icon="trash" label={`Remove rule ${number}`} onClick={onRemove} />
        </span>
      </div>
      {side('image', 'Image')}
      {side('mask', 'Mask')}
      {fault !== null && (
        <p id={`${id}-fault`} className={styles.fault}>
          <Icon name="must" size={14} />
          <span>{fault}</span>
        </p>
      )}
    </li>
  );
}
