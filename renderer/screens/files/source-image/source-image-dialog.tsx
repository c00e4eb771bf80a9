import { useState } from 'react';
import type { EntryTarget, SourcePattern } from '../../../../shared/contract/file-calls.ts';
import { formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { isPattern } from '../../../../shared/rules/source-image-pattern.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { Field, Select, TextInput } from '../../../components/field.tsx';
import { useSettled } from '../../../hooks/use-settled.ts';
import { editEntries } from '../edit-entries.ts';
import { fillSourceImages } from './fill-source-images.ts';
import styles from './pattern-preview.module.css';
import { PatternPreview } from './pattern-preview.tsx';

/** Gives all selected files a source image: the same one, or one by a pattern, seen before it is set. */
export function SourceImageDialog({
  submissionId,
  entries,
  count,
  onClose,
}: {
  readonly submissionId: string;
  readonly entries: EntryTarget;
  readonly count: number;
  readonly onClose: () => void;
}) {
  const [text, setText] = useState('');
  const [of, setOf] = useState<SourcePattern['of']>('pair');
  const typed = text.trim();
  const settled = useSettled(typed, 250);
  const finish = () => {
    onClose();
    if (isPattern(typed)) void fillSourceImages(submissionId, entries, { pattern: typed, of });
    else {
      const did = typed ? 'Source image set' : 'Source image emptied';
      void editEntries(submissionId, entries, { sourceImage: typed }, did);
    }
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Source image of ${formatCounted(count, 'file')}`}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" onClick={finish}>
            {typed ? 'Set it' : 'Empty it'}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Field
          label="Source image"
          help="The path of the annotated image as the file list of the image dataset has it. One for all, or a pattern: {folder}, {name} and {stem} (the name without its extension) are filled in for each file."
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={text}
              placeholder="images/{stem}.ome.zarr"
              spellCheck={false}
              autoComplete="off"
              onChange={(event) => setText(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && finish()}
            />
          )}
        </Field>
        {isPattern(typed) && (
          <>
            <Field label="Folder and name are those of">
              {(ids) => (
                <Select
                  {...ids}
                  value={of}
                  onChange={(event) => setOf(event.target.value === 'file' ? 'file' : 'pair')}
                >
                  <option value="pair">the image each file is paired with</option>
                  <option value="file">the file itself</option>
                </Select>
              )}
            </Field>
            {isPattern(settled) && (
              <PatternPreview submissionId={submissionId} entries={entries} by={{ pattern: settled, of }} />
            )}
          </>
        )}
      </div>
    </Dialog>
  );
}
