import type { FieldInSection, Section } from '../../../shared/destinations/profile.ts';
import type { Block } from '../../../shared/model/metadata.ts';
import { IconButton } from '../../components/button.tsx';
import { Icon } from '../../components/icons.tsx';
import { Menu } from '../../components/menu.tsx';
import { moveBlock, removeBlock } from './block-acts.ts';
import { blockName } from './block-name.ts';
import { FieldEditor } from './field-editor.tsx';
import styles from './form.module.css';

/** One of several blocks of a section, folded or open, with its buttons. */
export function BlockCard({
  submissionId,
  section,
  fields,
  block,
  index,
  count,
  open,
  onToggle,
  onCopy,
}: {
  readonly submissionId: string;
  readonly section: Section;
  readonly fields: readonly FieldInSection[];
  readonly block: Block;
  readonly index: number;
  readonly count: number;
  readonly open: boolean;
  readonly onToggle: () => void;
  readonly onCopy: () => void;
}) {
  const name = blockName(section, block, index);
  const move = (to: number) => void moveBlock(submissionId, section.id, block.id, to);
  return (
    <section className={styles.block} aria-label={`${section.one} ${index + 1} of ${count}`}>
      <header className={styles.blockHead}>
        <h3 className={styles.blockTitle}>
          <button type="button" aria-expanded={open} onClick={onToggle}>
            <Icon name={open ? 'chevronDown' : 'chevronRight'} />
            <span>{name}</span>
          </button>
        </h3>
        <Menu
          trigger={<IconButton small icon="dots" label={`Actions for ${name}`} />}
          items={[
            { label: 'Move up', icon: 'arrowUp', disabled: index === 0, onSelect: () => move(index - 1) },
            {
              label: 'Move down',
              icon: 'arrowDown',
              disabled: index === count - 1,
              onSelect: () => move(index + 1),
            },
            {
              label: 'Make a copy',
              icon: 'copy',
              disabled: section.max !== null && count >= section.max,
              onSelect: onCopy,
            },
            'line',
            {
              label: 'Remove',
              icon: 'trash',
              danger: true,
              disabled: count <= section.min,
              onSelect: () => void removeBlock(submissionId, section.id, block.id, name),
            },
          ]}
        />
      </header>
      {open && (
        <div className={styles.fields}>
          {fields.map((field) => (
            <FieldEditor
              key={field.id}
              submissionId={submissionId}
              section={section.id}
              block={block.id}
              field={field}
              value={block.values[field.id]}
            />
          ))}
        </div>
      )}
    </section>
  );
}
