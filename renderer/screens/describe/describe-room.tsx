import { useEffect, useMemo, useRef, useState } from 'react';
import { profiles } from '../../../shared/destinations/index.ts';
import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import type { MissingField } from '../../../shared/rules/missing-fields.ts';
import { useCommands } from '../../commands.ts';
import { Button } from '../../components/button.tsx';
import { ProblemNotice } from '../../components/problem-notice.tsx';
import { Skeleton } from '../../components/states.tsx';
import type { RoomProps } from '../../room-props.ts';
import { type Query, roomAddress } from '../../routes.ts';
import { RoomAction } from '../../shell/room-action.tsx';
import { goToRoom, replaceQuery } from '../../stores/navigation-store.ts';
import { useSubmission } from '../../stores/submission-store.ts';
import { addBlock } from './block-acts.ts';
import {
  emptyDescription,
  followDescription,
  rereadDescription,
  saveNow,
  useDescriptions,
} from './description-store.ts';
import { withEdits } from './edits.ts';
import { fillFromFile } from './fill.ts';
import { FillMenu } from './fill-menu.tsx';
import styles from './form.module.css';
import { PracticeNote } from './practice-note.tsx';
import { SectionForm, type Target } from './section-form.tsx';
import { SectionNav } from './section-nav.tsx';
import { nextPoint, openPoints, pointKey, sectionStates } from './section-state.ts';

/** Describe: what the archive asks for, section by section, saved as it is typed. */
export function DescribeRoom({ submissionId, query }: RoomProps) {
  const destination = useSubmission((state) => state.summary?.destination);
  const { metadata, edits, problem } = useDescriptions(
    (state) => state.byId[submissionId] ?? emptyDescription,
  );
  const shown = useMemo(() => metadata && withEdits(metadata, edits), [metadata, edits]);
  useEffect(() => {
    const stop = followDescription(submissionId);
    return () => {
      stop();
      void saveNow(submissionId);
    };
  }, [submissionId]);

  const profile = profiles.find((one) => one.id === destination);
  if (problem && !shown) {
    return (
      <div className={styles.notice}>
        <ProblemNotice problem={problem} onRetry={() => rereadDescription(submissionId)} />
      </div>
    );
  }
  if (destination !== undefined && !profile) {
    return (
      <div className={styles.notice}>
        <ProblemNotice
          problem={{
            code: 'unknown-destination',
            message: `This Slipway does not know the destination “${destination}”, so it has no form for it.`,
            advice: 'Open the submission with the newer Slipway that made it.',
          }}
        />
      </div>
    );
  }
  if (!shown || !profile) return <Skeleton rows={9} height={48} />;
  return <Form submissionId={submissionId} profile={profile} metadata={shown} query={query} />;
}

function Form({
  submissionId,
  profile,
  metadata,
  query,
}: {
  readonly submissionId: string;
  readonly profile: Profile;
  readonly metadata: Metadata;
  readonly query: Query;
}) {
  const states = useMemo(() => sectionStates(profile, metadata), [profile, metadata]);
  const points = openPoints(states);
  const [lastPoint, setLastPoint] = useState<string | null>(null);
  const target = useTarget(query);
  const at = Math.max(
    0,
    profile.sections.findIndex((section) => section.id === query.section),
  );
  const section = profile.sections[at];
  const following = profile.sections[at + 1];
  const page = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const sectionId = section?.id;
  useEffect(() => {
    if (sectionId !== undefined) page.current?.scrollTo({ top: 0 });
  }, [sectionId]);

  const jump = async (point: MissingField) => {
    setLastPoint(pointKey(point));
    const block = point.block || ((await addBlock(submissionId, point.section)) ?? '');
    goToRoom(submissionId, 'describe', {
      section: point.section,
      block,
      field: point.field,
      jump: String(Date.now()),
    });
  };
  const next = nextPoint(points, lastPoint);
  const goOn = () => (next ? void jump(next) : goToRoom(submissionId, 'check'));
  useCommands([
    {
      id: 'describe.next',
      title: 'Go to the next field that is missing',
      group: 'Describe',
      shortcut: 'alt+m',
      run: goOn,
    },
    {
      id: 'describe.fill',
      title: 'Fill from a template or JSON file',
      group: 'Describe',
      run: () => void fillFromFile(submissionId),
    },
    ...profile.sections.map((one) => ({
      id: `describe.section.${one.id}`,
      title: `Describe: ${one.title}`,
      group: 'Describe',
      run: () => goToRoom(submissionId, 'describe', { section: one.id }),
    })),
  ]);

  if (!section) return null;
  return (
    <div className={styles.room}>
      <RoomAction>
        <FillMenu submissionId={submissionId} destination={profile.id} />
        <Button variant="primary" icon="arrowRight" onClick={goOn}>
          {next ? 'Next missing field' : 'Go to Check'}
        </Button>
      </RoomAction>
      <div className={styles.nav}>
        <SectionNav
          submissionId={submissionId}
          states={states}
          metadata={metadata}
          current={section.id}
          onJump={(point) => void jump(point)}
        />
      </div>
      <div ref={page} className={styles.page}>
        <div className={styles.column}>
          <PracticeNote submissionId={submissionId} />
          <header>
            <h2 ref={heading} tabIndex={-1}>
              {section.title}
            </h2>
            <p className={styles.lead}>{section.help}</p>
          </header>
          <SectionForm
            key={section.id}
            submissionId={submissionId}
            section={section}
            blocks={metadata[section.id] ?? []}
            target={target}
          />
          {following && (
            <div className={styles.next}>
              {/* Else the focus would stay here, at the end of the next section. */}
              <a
                href={roomAddress(submissionId, 'describe', { section: following.id })}
                onClick={() => heading.current?.focus({ preventScroll: true })}
              >
                Next: {following.title}
              </a>
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

/** The field a deep link names. It is taken out of the address once jumped to, so that going back does not jump again. */
function useTarget(query: Query): Target | null {
  const { section, block, field, jump } = query;
  const [target, setTarget] = useState<(Target & { section: string }) | null>(null);
  const count = useRef(0);
  useEffect(() => {
    if (section === undefined || (field === undefined && block === undefined)) return;
    count.current += 1;
    setTarget({ section, block: block ?? '', field: field ?? '', jump: jump ? Number(jump) : count.current });
    replaceQuery({ section });
  }, [section, block, field, jump]);
  return target && target.section === section ? target : null;
}
