import { useEffect, useState } from 'react';
import { profiles } from '../../../shared/destinations/index.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import { useCommands } from '../../commands.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { SearchInput } from '../../components/field.tsx';
import { Menu } from '../../components/menu.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { downloadContent } from '../../download.ts';
import { reloadLibrary, searchLibrary, useLibrary } from '../../stores/library-store.ts';
import { FirstRun } from './first-run.tsx';
import { chooseAndOpen, practise } from './library-acts.ts';
import styles from './library-screen.module.css';
import { LibraryTable } from './library-table.tsx';
import { startNewSubmission } from './new-submission-store.ts';

export function LibraryScreen() {
  const { items, problem } = useLibrary();
  const [search, setSearch] = useState('');
  useEffect(() => {
    document.title = 'Library · Slipway';
  }, []);
  useCommands([
    {
      id: 'library.new',
      title: 'New submission',
      group: 'Library',
      shortcut: 'alt+n',
      run: () => startNewSubmission(),
    },
    {
      id: 'library.open',
      title: 'Open a submission file',
      group: 'Library',
      run: () => void chooseAndOpen(),
    },
    {
      id: 'library.practise',
      title: 'Practice with sample data',
      group: 'Library',
      keywords: ['try', 'example'],
      run: () => void practise(),
    },
    ...profiles.map((profile) => ({
      id: `library.blank.${profile.id}`,
      title: `Save a blank template for ${profile.title}`,
      group: 'Library',
      run: () => downloadContent({ what: 'blank-template', destination: profile.id }),
    })),
  ]);

  if (items === null) {
    return (
      <main className={styles.screen}>
        <h1 className="hidden-visually">Library</h1>
        {problem ? (
          <div className={styles.notice}>
            <ProblemNotice problem={problem} onRetry={reloadLibrary} />
          </div>
        ) : (
          <Skeleton rows={5} height={52} />
        )}
      </main>
    );
  }
  if (items.length === 0) {
    return (
      <main className={styles.screen}>
        <FirstRun />
      </main>
    );
  }
  const found = searchLibrary(items, search);
  return (
    <main className={styles.screen}>
      <div className={styles.head}>
        <h1>Library</h1>
        <span className={styles.count} role="status">
          {search
            ? `${found.length} of ${formatCounted(items.length, 'submission')}`
            : formatCounted(items.length, 'submission')}
        </span>
        <SearchInput
          label="Search the library"
          value={search}
          onValue={setSearch}
          className={styles.search}
        />
        <Menu
          trigger={<IconButton icon="dots" label="More ways to start" />}
          items={[
            { label: 'Practice with sample data', icon: 'practice', onSelect: () => void practise() },
            { label: 'Open a submission file', icon: 'folder', onSelect: () => void chooseAndOpen() },
            'line',
            { heading: 'Blank templates to fill elsewhere' },
            ...profiles.map((profile) => ({
              label: `${profile.title} (JSON)`,
              icon: 'download' as const,
              onSelect: () => downloadContent({ what: 'blank-template', destination: profile.id }),
            })),
          ]}
        />
        <Button variant="primary" icon="add" onClick={() => startNewSubmission()}>
          New submission
        </Button>
      </div>
      {problem && (
        <div className={styles.notice}>
          <ProblemNotice problem={problem} onRetry={reloadLibrary} />
        </div>
      )}
      {found.length > 0 ? (
        <LibraryTable items={found} />
      ) : (
        <EmptyState
          icon="search"
          title={`Nothing in the library has “${search}”`}
          action={<Button onClick={() => setSearch('')}>Show all</Button>}
        >
          Titles, file names, accessions and destinations were searched.
        </EmptyState>
      )}
    </main>
  );
}
