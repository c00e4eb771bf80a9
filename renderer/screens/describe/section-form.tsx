import { useEffect, useState } from 'react';
import { fieldsOf, type Section } from '../../../shared/destinations/profile.ts';
import type { Block } from '../../../shared/model/metadata.ts';
import { Button } from '../../components/button.tsx';
import { EmptyState } from '../../components/states.tsx';
import { addBlock } from './block-acts.ts';
import { BlockCard } from './block-card.tsx';
import { FieldEditor } from './field-editor.tsx';
import { fieldElementId } from './field-words.ts';
import styles from './form.module.css';

/** With so many blocks all are open; with more they are folded. */
const openUpTo = 3;

export interface Target {
  readonly block: string;
  readonly field: string;
  /** Grows with each jump, so that the same field can be jumped to again. */
  readonly jump: number;
}

/** One section of the form: its fields, or its blocks with a way to add more. */
export function SectionForm({
  submissionId,
  section,
  blocks,
  target,
}: {
  readonly submissionId: string;
  readonly section: Section;
  readonly blocks: readonly Block[];
  readonly target: Target | null;
}) {
  const fields = fieldsOf(section);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const [fresh, setFresh] = useState<string | null>(null);
  const first = fields[0]?.id ?? '';
  const targetBlock = target?.block || (target ? (blocks[0]?.id ?? '') : '');
  const isOpen = (block: string) =>
    block === targetBlock || block === fresh || blocks.length <= openUpTo !== toggled.has(block);

  useJump(section.id, targetBlock, target?.field || first, target?.jump ?? 0);
  useJump(section.id, blocks.some((block) => block.id === fresh) ? (fresh ?? '') : '', first, fresh ? 1 : 0);

  const add = async (copyOf?: string) => setFresh(await addBlock(submissionId, section.id, copyOf));
  const toggle = (block: string) => {
    if (block === fresh) setFresh(null);
    setToggled((now) => {
      const next = new Set(now);
      if (!next.delete(block)) next.add(block);
      return next;
    });
  };

  if (section.max === 1) {
    const [block] = blocks;
    if (!block) return null;
    return (
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
    );
  }
  const full = section.max !== null && blocks.length >= section.max;
  return (
    <>
      {blocks.length === 0 && (
        <EmptyState
          compact
          title={section.min > 0 ? `The archive needs at least one ${section.one}` : `No ${section.one} yet`}
        >
          {section.min === 0 && 'Leave it so if there is none.'}
        </EmptyState>
      )}
      {blocks.map((block, index) => (
        <BlockCard
          key={block.id}
          submissionId={submissionId}
          section={section}
          fields={fields}
          block={block}
          index={index}
          count={blocks.length}
          open={isOpen(block.id)}
          onToggle={() => toggle(block.id)}
          onCopy={() => void add(block.id)}
        />
      ))}
      {!full && (
        <div className={styles.add}>
          <Button icon="add" onClick={() => void add()}>
            Add {section.one}
          </Button>
        </div>
      )}
    </>
  );
}

/** Takes the focus to a field once it is on the page. */
function useJump(section: string, block: string, field: string, jump: number): void {
  useEffect(() => {
    if (jump === 0 || block === '') return;
    const element = document.getElementById(fieldElementId(section, block, field));
    element?.scrollIntoView({ block: 'center' });
    element?.focus({ preventScroll: true });
  }, [section, block, field, jump]);
}
