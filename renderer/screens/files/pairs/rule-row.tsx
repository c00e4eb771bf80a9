import { useId } from 'react';
import type { PairingRule } from '../../../../shared/model/pair.ts';
import { IconButton } from '../../../components/button.tsx';
import { Checkbox, TextInput } from '../../../components/field.tsx';
import styles from './pairs-dialog.module.css';

/** One rule: whether it counts, and its two patterns. */
export function RuleRow({
  rule,
  number,
  onChange,
  onRemove,
}: {
  readonly rule: PairingRule;
  readonly number: number;
  readonly onChange: (edit: Partial<Omit<PairingRule, 'id'>>) => void;
  readonly onRemove: () => void;
}) {
  const id = useId();
  return (
    <li className={styles.rule}>
      <div className={styles.ruleHead}>
        <Checkbox
          label={`Rule ${number}`}
          checked={rule.enabled}
          onChange={(event) => onChange({ enabled: event.target.checked })}
        />
        <IconButton small icon="trash" label={`Remove rule ${number}`} onClick={onRemove} />
      </div>
      <div className={styles.pattern}>
        <label htmlFor={`${id}-image`}>Image</label>
        <TextInput
          id={`${id}-image`}
          value={rule.image}
          title={rule.image}
          spellCheck={false}
          aria-invalid={rule.image.trim() === '' || undefined}
          onChange={(event) => onChange({ image: event.target.value })}
        />
      </div>
      <div className={styles.pattern}>
        <label htmlFor={`${id}-mask`}>Mask</label>
        <TextInput
          id={`${id}-mask`}
          value={rule.mask}
          title={rule.mask}
          spellCheck={false}
          aria-invalid={rule.mask.trim() === '' || undefined}
          onChange={(event) => onChange({ mask: event.target.value })}
        />
      </div>
    </li>
  );
}
