import { useState } from 'react';
import type { CallOutput } from '../../../../shared/contract/contract.ts';
import { Button } from '../../../components/button.tsx';
import { Dialog } from '../../../components/dialog.tsx';
import { SearchInput } from '../../../components/field.tsx';
import { Icon } from '../../../components/icons.tsx';
import { ProblemNotice } from '../../../components/problem-notice.tsx';
import { MiddleTruncate } from '../../../components/quantities.tsx';
import { EmptyState, Skeleton } from '../../../components/states.tsx';
import { useAnswer } from '../../../hooks/use-answer.ts';
import styles from './places-dialog.module.css';
import { closePlaces, type PlacesRequest, usePlaces } from './places-store.ts';

type Place = CallOutput<'places.list'>['places'][number];

const words: Readonly<Record<PlacesRequest['wants'], { readonly title: string; readonly verb: string }>> = {
  folder: { title: 'Add a folder', verb: 'Add' },
  'target-folder': { title: 'Choose a folder to write into', verb: 'Write into' },
  'submission-file': { title: 'Open a submission file', verb: 'Open' },
};

/** The folder browser of the browser entry: folders below those that were opened for it when it was started. */
export function PlacesDialog() {
  const request = usePlaces((state) => state.request);
  return request ? <OpenPlaces request={request} /> : null;
}

function OpenPlaces({ request }: { readonly request: PlacesRequest }) {
  const [place, setPlace] = useState<string | null>(null);
  const [search, setSearch] = useState(request.search);
  const { data, problem, loading, reload } = useAnswer('places.list', { place });
  const wantsFolder = request.wants !== 'submission-file';
  const { title, verb } = words[request.wants];
  const trail = data?.trail ?? [];
  const here = trail.at(-1);
  const finish = (grants: readonly Place[]) => {
    closePlaces();
    request.choose(grants.map(({ id, name }) => ({ grant: id, name })));
  };
  const open = (next: string | null) => {
    setPlace(next);
    setSearch('');
  };
  const shown = (data?.places ?? []).filter(
    (one) => (one.kind === 'folder' || !wantsFolder) && one.name.toLowerCase().includes(search.toLowerCase()),
  );

  return (
    <Dialog
      open
      onOpenChange={(stays) => !stays && finish([])}
      title={title}
      description={
        request.dropped
          ? `A browser does not tell where “${request.search}” lies, so please find the folder here once.`
          : 'Folders on the computer where Slipway runs.'
      }
      footer={
        <>
          <Button onClick={() => finish([])}>Cancel</Button>
          {wantsFolder && (
            <Button variant="primary" disabled={!here} onClick={() => here && finish([here])}>
              {here ? `${verb} “${here.name}”` : `${verb} this folder`}
            </Button>
          )}
        </>
      }
    >
      <nav aria-label="Where you are" className={styles.trail}>
        <button type="button" onClick={() => open(null)} aria-current={here ? undefined : 'page'}>
          All places
        </button>
        {trail.map((one) => (
          <span key={one.id} className={styles.crumb}>
            <Icon name="chevronRight" size={12} />
            <button
              type="button"
              onClick={() => open(one.id)}
              aria-current={one === here ? 'page' : undefined}
            >
              {one.name}
            </button>
          </span>
        ))}
      </nav>
      <SearchInput label="Search in this folder" value={search} onValue={setSearch} />
      <div className={styles.list}>
        {problem && <ProblemNotice problem={problem} onRetry={reload} />}
        {loading && <Skeleton rows={6} />}
        {data && shown.length === 0 && (
          <EmptyState
            compact
            icon="folder"
            title={search ? `Nothing here has “${search}”` : 'No folders in here'}
          >
            {wantsFolder && here && !search ? `You can choose “${here.name}” itself.` : null}
          </EmptyState>
        )}
        <ul>
          {shown.map((one) => (
            <li key={one.id} className={styles.row}>
              <button
                type="button"
                className={styles.place}
                onClick={() => (one.kind === 'folder' ? open(one.id) : finish([one]))}
              >
                <Icon name={one.kind === 'folder' ? 'folder' : 'boat'} />
                <MiddleTruncate text={one.name} />
              </button>
              {wantsFolder && (
                <Button
                  small
                  variant="quiet"
                  icon="add"
                  onClick={() => finish([one])}
                  aria-label={`${verb} ${one.name}`}
                >
                  {verb}
                </Button>
              )}
            </li>
          ))}
        </ul>
        {data?.truncated && (
          <p className={styles.more}>There are more folders here than can be shown. Search to find one.</p>
        )}
      </div>
    </Dialog>
  );
}
