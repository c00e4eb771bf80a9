import type { ReactNode } from 'react';
import type { FindingCounts, FindingLevel } from '../../shared/model/finding.ts';
import { formatCount } from '../../shared/rules/format-quantities.ts';
import styles from './badge.module.css';
import { classes } from './classes.ts';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'neutral' | 'accent' | 'must' | 'should' | 'may' | 'done';

/** A short word in a soft colour, with an icon where the colour means something. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: IconName;
  readonly children: ReactNode;
}) {
  return (
    <span className={classes(styles.badge, styles[tone])}>
      {icon && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}

export const levelWord: Record<FindingLevel, string> = { must: 'must', should: 'should', may: 'may' };

/** The level of a finding: icon, word and colour; with a count when there are several. */
export function LevelBadge({ level, count }: { readonly level: FindingLevel; readonly count?: number }) {
  return (
    <Badge tone={level} icon={level}>
      {count === undefined ? levelWord[level] : `${formatCount(count)} ${levelWord[level]}`}
    </Badge>
  );
}

/** Findings of one thing as small icons with counts; nothing when there are none. */
export function FindingMarks({ counts }: { readonly counts: FindingCounts }) {
  const levels = (['must', 'should', 'may'] as const).filter((level) => counts[level] > 0);
  return (
    <span className={styles.marks}>
      {levels.map((level) => (
        <span key={level} className={classes(styles.mark, styles[level])}>
          <Icon name={level} size={14} />
          {formatCount(counts[level])}
          <span className="hidden-visually"> {levelWord[level]}</span>
        </span>
      ))}
    </span>
  );
}
