import { profiles } from '../../shared/destinations/index.ts';
import type { SubmissionSummary } from '../../shared/model/submission.ts';
import { isMac, shortcutWords } from '../commands.ts';
import { Badge } from '../components/badge.tsx';
import { Button, IconButton } from '../components/button.tsx';
import { Icon } from '../components/icons.tsx';
import { Menu, type MenuItem } from '../components/menu.tsx';
import { Tooltip } from '../components/tooltip.tsx';
import { formatRoute, type Route } from '../routes.ts';
import { useSubmission } from '../stores/submission-store.ts';
import { setTheme, themes, themeTitle, useTheme } from '../stores/theme-store.ts';
import { openPalette } from './palette-store.ts';
import { SavedMark } from './saved-mark.tsx';
import styles from './top-bar.module.css';

/** The title a submission goes by; one without says so. */
export function titleOf(summary: { readonly title?: string | undefined }): string {
  return summary.title?.trim() || 'Untitled submission';
}

/** Where a submission goes, in words. */
export function destinationTitle(id: string | undefined): string {
  return profiles.find((profile) => profile.id === id)?.title ?? id ?? '';
}

export function TopBar({ route }: { readonly route: Route }) {
  return (
    <header className={styles.bar}>
      <a
        className={styles.brand}
        href={formatRoute({ room: 'library', query: {} })}
        aria-label={route.room === 'library' ? 'Slipway' : 'Slipway, back to the library'}
      >
        <Icon name="boat" size={20} />
        <span className={styles.brandWord}>Slipway</span>
      </a>
      {route.room === 'library' ? <span className={styles.space} /> : <SubmissionTitle />}
      <Tooltip text={`All actions (${shortcutWords('mod+k', isMac)})`}>
        <Button
          variant="quiet"
          icon="search"
          className={styles.actions}
          aria-label="All actions"
          onClick={openPalette}
        >
          <span className={styles.actionsWord}>Actions</span>
          <kbd className={styles.kbd}>{shortcutWords('mod+k', isMac)}</kbd>
        </Button>
      </Tooltip>
      <ThemeMenu />
    </header>
  );
}

function SubmissionTitle() {
  const { summary, problem } = useSubmission();
  if (!summary) {
    return (
      <>
        <h1 className={styles.title}>{problem ? 'This submission cannot be opened' : 'Opening'}</h1>
        <span className={styles.space} />
      </>
    );
  }
  return (
    <>
      <span className={styles.slash} aria-hidden="true">
        /
      </span>
      <h1 className={styles.title} title={titleOf(summary)}>
        {titleOf(summary)}
      </h1>
      <DestinationChip summary={summary} />
      <SavedMark />
      <span className={styles.space} />
    </>
  );
}

function DestinationChip({ summary }: { readonly summary: SubmissionSummary }) {
  const title = destinationTitle(summary.destination);
  if (summary.archive === 'practice') {
    return (
      <Tooltip text="Everything works as at the real archive, but nothing leaves this computer. Change it in Send.">
        <span className={styles.chip}>
          <Badge tone="should" icon="practice">
            <span className={styles.where}>Practice archive</span>
          </Badge>
          <span className={styles.kind}>{title}</span>
        </span>
      </Tooltip>
    );
  }
  const where = summary.archive === 'production' ? title : `${title}, ${summary.archive}`;
  return (
    <span className={styles.chip}>
      <Badge tone="accent" icon="archive">
        <span className={styles.where}>{where}</span>
      </Badge>
    </span>
  );
}

function ThemeMenu() {
  const theme = useTheme((state) => state.theme);
  const items: readonly MenuItem[] = [
    { heading: 'Appearance' },
    ...themes.map((one) => ({
      label: themeTitle[one],
      checked: one === theme,
      onSelect: () => setTheme(one),
    })),
  ];
  return <Menu trigger={<IconButton icon="sun" label="Appearance" />} items={items} />;
}
