import type { LibraryItem } from '../../../shared/model/submission.ts';
import { Badge } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { Menu } from '../../components/menu.tsx';
import { Bytes, MiddleTruncate, RelativeTime } from '../../components/quantities.tsx';
import { StepDots } from '../../components/step-dots.tsx';
import { downloadContent } from '../../download.ts';
import { roomAddress } from '../../routes.ts';
import { progressSteps } from '../../shell/tab-state.ts';
import { destinationTitle, titleOf } from '../../shell/top-bar.tsx';
import { goToRoom } from '../../stores/navigation-store.ts';
import { itemState } from './item-words.ts';
import { duplicate, remove } from './library-acts.ts';
import styles from './library-table.module.css';

export function LibraryTable({ items }: { readonly items: readonly LibraryItem[] }) {
  return (
    <table className={styles.table}>
      <thead className={styles.heads}>
        <tr>
          <th scope="col">Submission</th>
          <th scope="col">Destination</th>
          <th scope="col">State</th>
          <th scope="col" className={styles.number}>
            Size
          </th>
          <th scope="col">Edited</th>
          <th scope="col">
            <span className="hidden-visually">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) =>
          item.problem === null ? (
            <Row key={item.id} item={item} />
          ) : (
            <ProblemRow key={item.id} item={item} />
          ),
        )}
      </tbody>
    </table>
  );
}

function Row({ item }: { readonly item: LibraryItem }) {
  const title = titleOf(item);
  const state = itemState(item);
  const practice = item.archive === 'practice';
  return (
    <tr className={styles.row}>
      <td className={styles.name}>
        <a href={roomAddress(item.id, 'files')} className={styles.link}>
          {title}
        </a>
        <MiddleTruncate text={item.fileName} className={styles.file} />
      </td>
      <td className={styles.destination}>
        {practice ? (
          <Badge tone="should" icon="practice">
            Practice archive
          </Badge>
        ) : (
          destinationTitle(item.destination)
        )}
        {practice && <span className={styles.file}>{destinationTitle(item.destination)}</span>}
      </td>
      <td>
        <span className={styles.state}>
          <StepDots steps={progressSteps(item)} />
          <Badge tone={state.tone} {...(state.icon ? { icon: state.icon } : {})}>
            {state.words}
          </Badge>
        </span>
      </td>
      <td className={styles.number}>{item.bytes === undefined ? null : <Bytes value={item.bytes} />}</td>
      <td className={styles.time}>{item.editedAt ? <RelativeTime at={item.editedAt} /> : null}</td>
      <td className={styles.menu}>
        <Menu
          trigger={<IconButton icon="dots" label={`Actions for ${title}`} />}
          items={[
            { label: 'Open', icon: 'arrowRight', onSelect: () => goToRoom(item.id, 'files') },
            { label: 'Make a copy', icon: 'copy', onSelect: () => void duplicate(item.id) },
            {
              label: 'Save its description as a template',
              icon: 'download',
              onSelect: () => downloadContent({ what: 'template', id: item.id }),
            },
            'line',
            {
              label: 'Remove from the library',
              icon: 'trash',
              danger: true,
              onSelect: () => void remove(item.id, title),
            },
          ]}
        />
      </td>
    </tr>
  );
}

/** A file that cannot be opened stays in sight, with the reason. */
function ProblemRow({ item }: { readonly item: LibraryItem }) {
  const title = item.title || item.fileName;
  return (
    <tr className={styles.row}>
      <td className={styles.name}>
        <span className={styles.broken}>{title}</span>
        {item.title && <MiddleTruncate text={item.fileName} className={styles.file} />}
      </td>
      <td colSpan={4}>
        <span className={styles.problem}>
          <Icon name="must" />
          <span>{item.problem}</span>
        </span>
      </td>
      <td className={styles.menu}>
        <Menu
          trigger={<IconButton icon="dots" label={`Actions for ${title}`} />}
          items={[
            {
              label: 'Remove from the library',
              icon: 'trash',
              danger: true,
              onSelect: () => void remove(item.id, title),
            },
          ]}
        />
      </td>
    </tr>
  );
}
