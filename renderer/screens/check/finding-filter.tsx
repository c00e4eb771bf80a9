import type { FindingCounts, FindingLevel } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { SearchInput } from '../../components/field.tsx';
import { Icon } from '../../components/icons.tsx';
import styles from './finding-filter.module.css';
import { levels } from './group-list.ts';

const words: Readonly<Record<FindingLevel, string>> = { must: 'Must', should: 'Should', may: 'May' };

/** Which findings are listed: by level, and by words of their message or place. */
export function FindingFilter({
  level,
  counts,
  text,
  onLevel,
  onText,
}: {
  readonly level: FindingLevel | null;
  readonly counts: FindingCounts;
  readonly text: string;
  readonly onLevel: (level: FindingLevel | null) => void;
  readonly onText: (text: string) => void;
}) {
  return (
    <div className={styles.filter}>
      <fieldset className={styles.levels}>
        <legend className="hidden-visually">Level</legend>
        <button type="button" aria-pressed={level === null} onClick={() => onLevel(null)}>
          All <span>{formatCount(counts.must + counts.should + counts.may)}</span>
        </button>
        {levels.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={level === one}
            data-level={counts[one] > 0 ? one : undefined}
            onClick={() => onLevel(level === one ? null : one)}
          >
            <Icon name={one} size={14} />
            {words[one]} <span>{formatCount(counts[one])}</span>
          </button>
        ))}
      </fieldset>
      <SearchInput
        className={styles.search}
        label="Find a file, a field or words"
        value={text}
        onValue={onText}
      />
    </div>
  );
}
