import type { SpacePart } from '../../../../shared/contract/tree-calls.ts';
import type { EntryKind } from '../../../../shared/model/entry.ts';
import { classes } from '../../../components/classes.ts';
import { kindTitle } from '../entry-words.ts';
import colours from './kind-colours.module.css';
import styles from './kind-legend.module.css';

const kinds: readonly EntryKind[] = ['image', 'mask', 'table', 'other'];

/** Which tint and pattern stands for which kind, of those that are in sight. */
export function KindLegend({
  parts,
}: {
  readonly parts: readonly (SpacePart & { parts: readonly SpacePart[] })[];
}) {
  const shown = new Set(parts.flatMap((part) => [part.kind, ...part.parts.map(({ kind }) => kind)]));
  return (
    <ul className={styles.legend} aria-label="Kinds">
      {kinds
        .filter((kind) => shown.has(kind))
        .map((kind) => (
          <li key={kind}>
            <Swatch kind={kind} />
            {kindTitle[kind]}
          </li>
        ))}
    </ul>
  );
}

export function Swatch({ kind }: { readonly kind: EntryKind | 'rest' }) {
  return <span className={classes(styles.swatch, colours[kind])} aria-hidden="true" />;
}
