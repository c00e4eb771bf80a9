import { useEffect, useRef } from 'react';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Finding, Fix } from '../../../shared/model/finding.ts';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { MiddleTruncate } from '../../components/quantities.tsx';
import { listItemRole } from '../../hooks/list-roles.ts';
import type { RowWalk } from '../../hooks/use-row-walk.ts';
import { roomAddress } from '../../routes.ts';
import { lookLink, placeLink, placeName } from './finding-place.ts';
import styles from './finding-rows.module.css';

/** One finding: its place as a link to it, what is wrong there, and what its fix would change. */
export function FindingRow({
  id,
  profile,
  index,
  total,
  height,
  finding,
  tabbable,
  busy,
  walk,
  onStand,
  onFix,
}: {
  readonly id: string;
  readonly profile: Profile | null;
  readonly index: number;
  readonly total: number;
  readonly height: number;
  /** Undefined while its page is on the way. */
  readonly finding: Finding | undefined;
  /** Whether Tab stops at this row; the arrow keys reach the others. */
  readonly tabbable: boolean;
  readonly busy: boolean;
  readonly walk: ReturnType<RowWalk['row']>;
  /** It has the focus now. */
  readonly onStand: () => void;
  readonly onFix: (finding: number) => void;
}) {
  const tabIndex = tabbable ? 0 : -1;
  const row = useRef<HTMLDivElement>(null);
  const here = finding !== undefined;
  // A row that was walked to before it came hands the focus on to its link.
  useEffect(() => {
    if (here && row.current === document.activeElement) {
      row.current?.querySelector<HTMLElement>('[data-first]')?.focus({ preventScroll: true });
    }
  }, [here]);
  const common = {
    ...listItemRole(index, total),
    ...walk,
    onFocus: () => {
      walk.onFocus();
      onStand();
    },
    className: styles.row,
    style: { height },
    tabIndex: -1,
  };
  if (!finding) {
    return (
      <div ref={row} {...common} aria-busy="true">
        <span className={styles.coming} />
      </div>
    );
  }
  const name = placeName(finding.place, profile);
  const link = placeLink(finding);
  const look = lookLink(finding.place);
  const fix = finding.fix?.title;
  return (
    <div ref={row} {...common}>
      <div className={styles.what}>
        <div className={styles.place}>
          {link ? (
            <a
              href={roomAddress(id, link.room, link.query)}
              tabIndex={tabIndex}
              data-first
              className={styles.link}
            >
              <MiddleTruncate text={name} />
            </a>
          ) : (
            <span className={styles.link} tabIndex={tabIndex} data-first>
              {name}
            </span>
          )}
          {look && (
            <a
              href={roomAddress(id, look.room, look.query)}
              tabIndex={tabIndex}
              className={styles.look}
              aria-label={`Look at ${name}`}
              title="Look at it"
            >
              <Icon name="eye" />
            </a>
          )}
        </div>
        <p className={styles.message} title={finding.message}>
          {finding.message}
        </p>
      </div>
      {finding.fix && <FixChange fix={finding.fix} />}
      {finding.fix?.safe && (
        <Button
          small
          tabIndex={tabIndex}
          data-mend
          disabled={busy}
          aria-label={`${finding.fix.title}: ${name}`}
          title={finding.fix.title}
          onClick={() => onFix(finding.id)}
        >
          {fix === 'Leave it out' ? 'Leave out' : 'Fix'}
        </Button>
      )}
    </div>
  );
}

/** Before → after of a fix, one above the other so that the difference stands out. */
export function FixChange({ fix }: { readonly fix: Fix }) {
  if (fix.before === '' && fix.after === '') return <p className={styles.advice}>{fix.title}</p>;
  return (
    <dl className={styles.change}>
      <dt className="hidden-visually">Now</dt>
      <dd className={styles.before}>
        {fix.before === '' ? <em>empty</em> : <MiddleTruncate text={fix.before} />}
      </dd>
      <dt className="hidden-visually">Then</dt>
      <dd className={styles.after}>
        <Icon name="arrowRight" size={14} />
        {fix.after === '' ? <em>empty</em> : <MiddleTruncate text={fix.after} />}
      </dd>
    </dl>
  );
}
