import type { Metadata } from '../../../shared/model/metadata.ts';
import type { MissingField } from '../../../shared/rules/missing-fields.ts';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/icons.tsx';
import { roomAddress } from '../../routes.ts';
import { blockName } from './block-name.ts';
import styles from './section-nav.module.css';
import { openPoints, pointKey, type SectionState, sectionWords } from './section-state.ts';

const mostPoints = 12;

/** The sections with how far each is, and below what is still missing; a click leads there. */
export function SectionNav({
  submissionId,
  states,
  metadata,
  current,
  onJump,
}: {
  readonly submissionId: string;
  readonly states: readonly SectionState[];
  readonly metadata: Metadata;
  readonly current: string;
  readonly onJump: (point: MissingField) => void;
}) {
  const points = openPoints(states);
  const where = (point: MissingField) => {
    const section = states.find((state) => state.section.id === point.section)?.section;
    const blocks = metadata[point.section] ?? [];
    const index = blocks.findIndex((block) => block.id === point.block);
    const block = blocks[index];
    if (!section || section.max === 1 || blocks.length < 2 || !block) return section?.title;
    return blockName(section, block, index);
  };
  return (
    <div className={styles.side}>
      <nav aria-label="Sections">
        <ul>
          {states.map((state) => {
            const open = state.open.length;
            return (
              <li key={state.section.id}>
                <a
                  href={roomAddress(submissionId, 'describe', { section: state.section.id })}
                  aria-current={state.section.id === current ? 'true' : undefined}
                  className={styles.section}
                >
                  <span>{state.section.title}</span>
                  <span className={classes(styles.state, open === 0 && state.filled > 0 && styles.done)}>
                    {open === 0 && state.filled > 0 && <Icon name="check" size={14} />}
                    {state.wrong.length > 0 && <Icon name="must" size={14} />}
                    {sectionWords(state)}
                  </span>
                </a>
              </li>
            );
          })}
        </ul>
      </nav>
      <section className={styles.points} aria-label="Still to do">
        <h2>{points.length === 0 ? 'Nothing is missing' : 'Still to do'}</h2>
        {points.length === 0 && <p>All that the archive requires is filled. Check looks at the rest.</p>}
        <ul>
          {points.slice(0, mostPoints).map((point) => (
            <li key={pointKey(point)}>
              <button type="button" onClick={() => onJump(point)}>
                {point.field === '' ? `Add to ${point.label}` : point.label}
                <span>{where(point)}</span>
              </button>
            </li>
          ))}
        </ul>
        {points.length > mostPoints && <p>And {points.length - mostPoints} more.</p>}
      </section>
    </div>
  );
}
