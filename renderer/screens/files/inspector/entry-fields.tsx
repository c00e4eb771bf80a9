import { type Entry, type EntryEdit, entryKindSchema } from '../../../../shared/model/entry.ts';
import { Checkbox, Field, Select, TextInput } from '../../../components/field.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { useDraft } from '../../../hooks/use-draft.ts';
import { useSubmission } from '../../../stores/submission-store.ts';
import { editEntries } from '../edit-entries.ts';
import { kindTitle } from '../entry-words.ts';
import { findProfile, furtherColumns, typeTerms } from '../profile-fields.ts';
import styles from './entry-inspector.module.css';

/** What a person may change of an entry: kind, whether and under which name it is sent, and its file-list cells. */
export function EntryFields({
  submissionId,
  entry,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
}) {
  const profile = findProfile(useSubmission((state) => state.summary?.destination));
  const terms = typeTerms(profile);
  const further = furtherColumns(profile);
  const set = (edit: EntryEdit) => void editEntries(submissionId, [entry.id], edit, 'Changed');
  return (
    <section className={styles.section}>
      <Field label="Kind" help={entry.send ? undefined : entry.sendReason}>
        {(ids) => (
          <Select
            {...ids}
            value={entry.kind}
            onChange={(event) => set({ kind: entryKindSchema.parse(event.target.value) })}
          >
            {entryKindSchema.options.map((kind) => (
              <option key={kind} value={kind}>
                {kindTitle[kind]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Checkbox
        label="Send this file"
        checked={entry.send}
        onChange={(event) => set({ send: event.target.checked })}
      />
      {entry.send && (
        <>
          <TextCell
            label="Name at the archive"
            help="The local file keeps its own name."
            value={entry.remotePath}
            onSave={(remotePath) => set({ remotePath })}
          />
          <TextCell
            label="Source image"
            help="The annotated image, as the file list of the image dataset has it."
            value={entry.sourceImage}
            onSave={(sourceImage) => set({ sourceImage })}
          />
          {terms.length > 0 && (
            <Field label="Annotation type">
              {(ids) => (
                <Select
                  {...ids}
                  value={entry.annotationType}
                  onChange={(event) => set({ annotationType: event.target.value })}
                >
                  <option value="">As the annotation block says</option>
                  {terms.map((term) => (
                    <option key={term.value} value={term.value}>
                      {term.title}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
          )}
          <BlockChoice submissionId={submissionId} entry={entry} onChange={set} />
          {further.length > 0 && (
            <details className={styles.more}>
              <summary>More columns of the file list</summary>
              <div className={styles.list}>
                {further.map((column) => (
                  <TextCell
                    key={column.header}
                    label={column.header}
                    help={column.help}
                    value={entry.columns[column.header] ?? ''}
                    onSave={(text) => set({ columns: { ...entry.columns, [column.header]: text } })}
                  />
                ))}
              </div>
            </details>
          )}
        </>
      )}
    </section>
  );
}

function TextCell({
  label,
  help,
  value,
  onSave,
}: {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onSave: (text: string) => void;
}) {
  const draft = useDraft(value, (text) => onSave(text.trim()));
  return (
    <Field label={label} help={help}>
      {(ids) => <TextInput {...ids} {...draft} spellCheck={false} autoComplete="off" />}
    </Field>
  );
}

/** Which annotation block's file list names the entry; shown when there is more than one. */
function BlockChoice({
  submissionId,
  entry,
  onChange,
}: {
  readonly submissionId: string;
  readonly entry: Entry;
  readonly onChange: (edit: EntryEdit) => void;
}) {
  const profile = findProfile(useSubmission((state) => state.summary?.destination));
  const section = profile?.sections.find((one) => one.id === profile.fileList.perBlockOf);
  const answer = useAnswer('describe.get', section ? { id: submissionId } : null, ['metadata']);
  const blocks = section ? (answer.data?.metadata[section.id] ?? []) : [];
  if (!section || blocks.length < 2) return null;
  return (
    <Field label={`File list of ${section.one}`}>
      {(ids) => (
        <Select
          {...ids}
          value={entry.annotationBlock || blocks[0]?.id}
          onChange={(event) => onChange({ annotationBlock: event.target.value })}
        >
          {blocks.map((block, index) => (
            <option key={block.id} value={block.id}>
              {String(block.values[section.titleField] ?? '') || `${section.one} ${index + 1}`}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
