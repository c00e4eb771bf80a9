import { useState } from 'react';
import { profileOf } from '../../../shared/destinations/index.ts';
import type { ArchiveChoice as Choice, SubmissionSummary } from '../../../shared/model/submission.ts';
import { type RadioCard, RadioCards } from '../../components/radio-cards.tsx';
import { engine } from '../../connection.ts';
import { takeSummary } from '../../stores/submission-store.ts';
import { showProblem } from '../../stores/toast-store.ts';

/** To the practice archive or to the real one. An address given in the terminal stays a choice. */
export function ArchiveChoice({ id, summary }: { readonly id: string; readonly summary: SubmissionSummary }) {
  const [choosing, setChoosing] = useState<Choice | null>(null);
  const choices = choicesOf(summary);
  const choose = async (archive: Choice) => {
    setChoosing(archive);
    try {
      takeSummary(await engine.call('submission.setArchive', { id, archive }));
    } catch (thrown) {
      showProblem(thrown);
    } finally {
      setChoosing(null);
    }
  };
  return (
    <RadioCards
      label="Send to"
      columns
      value={choosing ?? summary.archive}
      onChange={(value) => void choose(value)}
      choices={choices}
    />
  );
}

function choicesOf({ archive, destination }: SubmissionSummary): RadioCard<Choice>[] {
  const choices: RadioCard<Choice>[] = profileOf(destination).archives.map(({ id, title }) =>
    id === 'practice'
      ? {
          value: id,
          title,
          icon: 'practice',
          words: 'Everything works as at the real archive, and nothing leaves this computer.',
        }
      : {
          value: id,
          title,
          icon: 'archive',
          words:
            'The real one. What you submit there gets an accession and is published on its release date.',
        },
  );
  if (archive !== 'practice' && archive !== 'production') {
    choices.push({ value: archive, title: 'Another address', icon: 'link', words: archive });
  }
  return choices;
}
