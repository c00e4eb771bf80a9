import { useState } from 'react';
import { profiles } from '../../../shared/destinations/index.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field, TextInput } from '../../components/field.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { RadioCards } from '../../components/radio-cards.tsx';
import { engine } from '../../connection.ts';
import { readJsonFile } from '../../json-file.ts';
import { goToRoom } from '../../stores/navigation-store.ts';
import { addFolders, chooseAndAddFolders } from '../files/sources/add-folders.ts';
import styles from './new-submission-dialog.module.css';
import { endNewSubmission, type NewSubmission, useNewSubmission } from './new-submission-store.ts';

/** The dialog for a new submission; open when somebody asked for one. */
export function NewSubmissionDialog() {
  const start = useNewSubmission((state) => state.start);
  return start ? <OpenDialog start={start} /> : null;
}

function OpenDialog({ start }: { readonly start: NewSubmission }) {
  const [title, setTitle] = useState('');
  const [destination, setDestination] = useState(profiles[0]?.id ?? '');
  const [archive, setArchive] = useState<'practice' | 'production'>('practice');
  const [template, setTemplate] = useState<File | null>(null);
  const [problem, setProblem] = useState<ProblemData | null>(null);
  const [making, setMaking] = useState(false);
  const profile = profiles.find((one) => one.id === destination);

  const make = async () => {
    setMaking(true);
    setProblem(null);
    try {
      const content = template ? { template: await readJsonFile(template) } : {};
      const made = await engine.call('library.create', { title, destination, archive, ...content });
      endNewSubmission();
      goToRoom(made.id, 'files');
      if (start.folders.length > 0) await addFolders(made.id, start.folders);
      else if (start.droppedName) await chooseAndAddFolders(made.id, start.droppedName, true);
    } catch (thrown) {
      setProblem(problemOf(thrown));
      setMaking(false);
    }
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && endNewSubmission()}
      title="New submission"
      description="Everything can be changed later. The submission is kept in one file in your library."
      footer={
        <>
          <Button onClick={endNewSubmission}>Cancel</Button>
          <Button variant="primary" type="submit" form="new-submission" disabled={making}>
            {making ? 'Making it' : 'Make the submission'}
          </Button>
        </>
      }
    >
      <form
        id="new-submission"
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        {problem && <ProblemNotice problem={problem} />}
        {start.folders.length > 0 && (
          <p className={styles.folders}>
            Starts with the dropped {start.folders.length === 1 ? 'folder' : 'folders'}{' '}
            <strong>{start.folders.map((folder) => folder.name).join(', ')}</strong>.
          </p>
        )}
        <Field
          label="Title"
          help="What the annotations are and of which images. You can leave it empty for now; the archive wants at least 25 characters in the end."
        >
          {(ids) => (
            <TextInput
              {...ids}
              value={title}
              maxLength={300}
              autoComplete="off"
              placeholder="Nuclear segmentation masks for light-sheet images of zebrafish hearts"
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <RadioCards
          label="Destination"
          value={destination}
          onChange={setDestination}
          choices={profiles.map((one) => ({
            value: one.id,
            title: one.title,
            words: one.summary,
            icon: 'archive',
          }))}
        />
        <RadioCards
          label="Archive"
          value={archive}
          onChange={setArchive}
          columns
          choices={[
            {
              value: 'practice',
              title: 'Practice archive',
              words: 'Answers like the real one and keeps what it gets on this computer. No account needed.',
              icon: 'practice',
            },
            {
              value: 'production',
              title: profile?.archiveName ?? 'The real archive',
              words: 'The real one. You need an account there when you send, not before.',
              icon: 'archive',
            },
          ]}
        />
        <Field
          label="Template"
          help="Optional: a JSON file that fills the description, saved from another submission or by hand."
        >
          {(ids) => (
            <input
              {...ids}
              type="file"
              accept=".json,application/json"
              className={styles.file}
              onChange={(event) => setTemplate(event.target.files?.[0] ?? null)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
