import { useState } from 'react';
import type { Entry, SendAs } from '../../../../shared/model/entry.ts';
import { formatBytes, formatCount, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { Button } from '../../../components/button.tsx';
import { Field, Select } from '../../../components/field.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { Progress } from '../../../components/progress.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import { editEntries } from '../edit-entries.ts';
import { ungroup } from '../items/group-acts.ts';
import shared from './entry-inspector.module.css';
import styles from './entry-item.module.css';
import { saveAsZip, savingKey, useZipSavings } from './zip-saving.ts';

const PAGE = 20;

/** What an item of several files holds, how it is sent, and a way to keep it as one ZIP. */
export function EntryItem({ submissionId, entry }: { readonly submissionId: string; readonly entry: Entry }) {
  const saving = useZipSavings((now) => now[savingKey(submissionId, entry.id)]);
  const [open, setOpen] = useState(false);
  if (entry.sendAs === null) return null;
  return (
    <section className={shared.section}>
      <h3 className={shared.heading}>{formatCounted(entry.members, 'file')} as one item</h3>
      {entry.itemKind && <p className={shared.soft}>{kindHelp[entry.itemKind]}</p>}
      {entry.send && (
        <Field label="Send as" help={sendAsHelp[entry.sendAs]}>
          {(ids) => (
            <Select
              {...ids}
              value={entry.sendAs ?? 'files'}
              onChange={(event) => {
                const sendAs: SendAs = event.target.value === 'zip' ? 'zip' : 'files';
                void editEntries(submissionId, [entry.id], { sendAs }, 'Changed');
              }}
            >
              <option value="files">{formatCounted(entry.members, 'file')}</option>
              <option value="zip">One ZIP</option>
            </Select>
          )}
        </Field>
      )}
      {saving ? (
        <div className={styles.saving}>
          <Progress
            now={saving.progress?.now ?? 'Starting to write the ZIP'}
            value={saving.progress?.done ?? 0}
            max={saving.progress?.total ?? null}
          />
          <Button small icon="stop" onClick={saving.stop}>
            Stop
          </Button>
        </div>
      ) : (
        <div className={shared.buttons}>
          <Button
            small
            icon="download"
            disabled={entry.state !== 'present'}
            onClick={() => void saveAsZip(submissionId, entry)}
          >
            Save as ZIP…
          </Button>
          {entry.itemKind && (
            <Button small icon="files" onClick={() => void ungroup(submissionId, entry.id)}>
              Part the item
            </Button>
          )}
        </div>
      )}
      <details className={shared.more} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Files inside</summary>
        {open && <Members submissionId={submissionId} entry={entry} />}
      </details>
    </section>
  );
}

const kindHelp: Readonly<Record<NonNullable<Entry['itemKind']>, string>> = {
  series: 'Grouped by you. The first file stands for all: what you set here is set for each.',
  'ome-tiff': 'OME-TIFF in several files. The first stands for all: what you set here is set for each.',
};

const sendAsHelp: Readonly<Record<SendAs, string>> = {
  files: 'Each file goes by itself and has its own row in the file list.',
  zip: 'Packed on the way without compressing again: one file at the archive, with one row in the file list.',
};

function Members({ submissionId, entry }: { readonly submissionId: string; readonly entry: Entry }) {
  const [offset, setOffset] = useState(0);
  const { data, problem, reload } = useAnswer('items.members', {
    id: submissionId,
    entryId: entry.id,
    offset,
    limit: PAGE,
  });
  if (problem && !data) return <ProblemNotice problem={problem} onRetry={reload} />;
  if (!data) return <Skeleton rows={4} />;
  const last = Math.min(data.total, offset + PAGE);
  return (
    <div className={styles.members}>
      <ul>
        {data.rows.map((row) => (
          <li key={row.path} className={styles.member}>
            <MiddleTruncate text={row.path} />
            <span className={styles.size}>{formatBytes(row.size)}</span>
          </li>
        ))}
      </ul>
      {data.total > PAGE && (
        <div className={styles.pages}>
          <Button small disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE))}>
            Before
          </Button>
          <span role="status">
            {formatCount(offset + 1)} to {formatCount(last)} of {formatCount(data.total)}
          </span>
          <Button small disabled={last >= data.total} onClick={() => setOffset(offset + PAGE)}>
            After
          </Button>
        </div>
      )}
    </div>
  );
}
