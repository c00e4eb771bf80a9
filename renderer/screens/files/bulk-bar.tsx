import { useState } from 'react';
import type { EntryTarget } from '../../../shared/contract/file-calls.ts';
import { type EntryEdit, entryKindSchema } from '../../../shared/model/entry.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { Menu } from '../../components/menu.tsx';
import { engine } from '../../connection.ts';
import { showUndoable } from '../../stores/history.ts';
import { trackSave } from '../../stores/saving-store.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import { showProblem, showToast } from '../../stores/toast-store.ts';
import styles from './bulk-bar.module.css';
import { editEntries, targetOf } from './edit-entries.ts';
import { kindIcon, kindTitle } from './entry-words.ts';
import { select, useFilesView } from './files-view-store.ts';
import { groupPicked } from './items/group-acts.ts';
import { findProfile, typeTerms } from './profile-fields.ts';
import { nothing, selectedCount } from './selection.ts';
import { SourceImageDialog } from './source-image/source-image-dialog.tsx';

/** What can be done to everything selected, as one step that can be undone. */
export function BulkBar({ submissionId, total }: { readonly submissionId: string; readonly total: number }) {
  const { selection, filter, sort } = useFilesView();
  const destination = useSubmission((state) => state.summary?.destination);
  const [sourceFor, setSourceFor] = useState<EntryTarget | null>(null);
  const count = selectedCount(selection, total);
  if (count < 2) return null;
  const terms = typeTerms(findProfile(destination));
  const target = () => targetOf(submissionId, { selection, filter, sort });
  const apply = (edit: EntryEdit, did: string) =>
    void target().then((entries) => editEntries(submissionId, entries, edit, did), showProblem);
  const pairTwo = () =>
    void target().then(
      (entries) => (Array.isArray(entries) ? join(submissionId, entries) : undefined),
      showProblem,
    );

  return (
    <section className={styles.bar} aria-label="Change what is selected">
      <strong className={styles.count} role="status">
        {formatCount(count)} selected
      </strong>
      {selection.all && selection.except.size > 0 && (
        <span className={styles.soft}>all but {formatCount(selection.except.size)}</span>
      )}
      <Button small icon="send" onClick={() => apply({ send: true }, 'Will be sent')}>
        Send
      </Button>
      <Button small icon="minus" onClick={() => apply({ send: false }, 'Left out')}>
        Leave out
      </Button>
      <Menu
        align="start"
        trigger={
          <Button small icon="image">
            Kind
          </Button>
        }
        items={entryKindSchema.options.map((kind) => ({
          label: kindTitle[kind],
          icon: kindIcon[kind],
          onSelect: () => apply({ kind }, `Now ${kindTitle[kind].toLowerCase()}`),
        }))}
      />
      {terms.length > 0 && (
        <Menu
          align="start"
          trigger={
            <Button small icon="describe">
              Annotation type
            </Button>
          }
          items={[
            {
              label: 'As the annotation block says',
              onSelect: () => apply({ annotationType: '' }, 'Type follows the annotation block'),
            },
            'line',
            ...terms.map((term) => ({
              label: term.title,
              onSelect: () => apply({ annotationType: term.value }, `Type is ${term.title.toLowerCase()}`),
            })),
          ]}
        />
      )}
      <Menu
        align="start"
        trigger={
          <Button small icon="archive">
            Items
          </Button>
        }
        items={[
          {
            label: 'Group as one item',
            onSelect: () => void target().then((entries) => groupPicked(submissionId, entries), showProblem),
          },
          'line',
          {
            label: 'Send items as their files',
            onSelect: () => apply({ sendAs: 'files' }, 'Items go file by file'),
          },
          {
            label: 'Send items as one ZIP each',
            onSelect: () => apply({ sendAs: 'zip' }, 'Items go as one ZIP each'),
          },
        ]}
      />
      <Button small icon="link" onClick={() => void target().then(setSourceFor, showProblem)}>
        Source image
      </Button>
      {count === 2 && !selection.all && (
        <Button small icon="pair" onClick={pairTwo}>
          Pair these two
        </Button>
      )}
      <IconButton
        small
        icon="close"
        label="Select nothing (Escape)"
        className={styles.close}
        onClick={() => select(nothing)}
      />
      {sourceFor !== null && (
        <SourceImageDialog
          submissionId={submissionId}
          entries={sourceFor}
          count={count}
          onClose={() => setSourceFor(null)}
        />
      )}
    </section>
  );
}

/** Pairs two entries by hand; which is the image and which the mask is read from their kinds. */
async function join(id: string, entryIds: readonly number[]): Promise<void> {
  try {
    const [a, b] = await Promise.all(entryIds.map((entryId) => engine.call('entries.get', { id, entryId })));
    const image = a?.kind === 'image' ? a : b;
    const mask = image === a ? b : a;
    if (image?.kind !== 'image' || mask?.kind !== 'mask') {
      showToast({
        message: 'A pair is one image and one mask.',
        detail: 'Set the kind of the two files first, then pair them.',
      });
      return;
    }
    await trackSave(engine.call('pairs.join', { id, imageEntryId: image.id, maskEntryId: mask.id }));
    showUndoable(id, `Paired ${image.name} with ${mask.name}.`);
  } catch (thrown) {
    showProblem(thrown);
  }
}
