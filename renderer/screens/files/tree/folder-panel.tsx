import { Tabs } from 'radix-ui';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  useEffect,
  useRef,
} from 'react';
import type { Source } from '../../../../shared/model/entry.ts';
import { useCommands } from '../../../commands.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Icon, type IconName } from '../../../components/icons.tsx';
import { useNarrow } from '../../../hooks/use-narrow.ts';
import styles from './folder-panel.module.css';
import { FolderTree } from './folder-tree.tsx';
import { FolderWay } from './folder-way.tsx';
import { KindsView } from './kinds-view.tsx';
import {
  clampPanel,
  narrowestPanel,
  type PanelView,
  panelViews,
  setPanel,
  usePanel,
  widestPanel,
} from './panel-store.ts';
import { SpaceView } from './space-view.tsx';

const titles: Record<PanelView, string> = { tree: 'Tree', space: 'Space', kinds: 'Kinds' };
const icons: Record<PanelView, IconName> = { tree: 'tree', space: 'treemap', kinds: 'kinds' };
const label = 'Where the files are';

export interface PanelProps {
  readonly submissionId: string;
  readonly sources: readonly Source[];
  readonly scanning: boolean;
}

/** Beside the room's work: the tree of folders, what fills the space, and of what kinds it is. */
export function BesideFolders({ children, ...props }: PanelProps & { readonly children: ReactNode }) {
  const { open, openNarrow, width, view } = usePanel();
  const narrow = useNarrow(760);
  const isOpen = narrow ? openNarrow : open;
  const toggle = () => setPanel(narrow ? { openNarrow: !isOpen } : { open: !isOpen });
  const show = (next: PanelView) =>
    setPanel({ view: next, ...(narrow ? { openNarrow: true } : { open: true }) });
  useCommands([
    {
      id: 'folders.toggle',
      title: 'Show or hide the folder tree',
      group: 'Files',
      shortcut: 'alt+t',
      run: toggle,
    },
    { id: 'folders.space', title: 'Show what fills the space', group: 'Files', run: () => show('space') },
    {
      id: 'folders.kinds',
      title: 'Show kinds, formats and what was skipped',
      group: 'Files',
      run: () => show('kinds'),
    },
  ]);

  // The button that was pressed goes; its twin takes the focus.
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(isOpen);
  useEffect(() => {
    if (before.current !== isOpen && document.activeElement === document.body) {
      box.current?.querySelector<HTMLElement>('[data-toggle-panel]')?.focus();
    }
    before.current = isOpen;
  }, [isOpen]);

  return (
    <div ref={box} className={styles.beside} data-narrow={narrow} data-open={isOpen}>
      {isOpen ? (
        <>
          <section
            className={styles.panel}
            aria-label={label}
            style={{ '--panel-width': `${width}px` } as CSSProperties}
          >
            <Panel {...props} view={view} onClose={toggle} />
          </section>
          {!narrow && <WidthHandle width={width} />}
        </>
      ) : narrow ? (
        <div className={styles.opener}>
          <Button small variant="quiet" icon="tree" data-toggle-panel aria-expanded={false} onClick={toggle}>
            Folders and space
          </Button>
        </div>
      ) : (
        <div className={styles.strip}>
          <IconButton small icon="tree" label="Show folders and space" data-toggle-panel onClick={toggle} />
        </div>
      )}
      <div className={styles.work}>{children}</div>
    </div>
  );
}

function Panel({
  view,
  onClose,
  ...props
}: PanelProps & { readonly view: PanelView; readonly onClose: () => void }) {
  return (
    <Tabs.Root
      className={styles.tabs}
      value={view}
      onValueChange={(value) => setPanel({ view: panelViews.find((one) => one === value) ?? 'tree' })}
    >
      <div className={styles.head}>
        <Tabs.List aria-label={label} className={styles.list}>
          {panelViews.map((one) => (
            <Tabs.Trigger key={one} value={one} className={styles.tab}>
              <Icon name={icons[one]} size={14} />
              {titles[one]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <IconButton small icon="close" label="Hide folders and space" data-toggle-panel onClick={onClose} />
      </div>
      <FolderWay {...props} />
      <Tabs.Content value="tree" className={styles.content} tabIndex={-1}>
        <FolderTree {...props} />
      </Tabs.Content>
      <Tabs.Content value="space" className={styles.content} tabIndex={-1}>
        <SpaceView {...props} />
      </Tabs.Content>
      <Tabs.Content value="kinds" className={styles.content} tabIndex={-1}>
        <KindsView {...props} />
      </Tabs.Content>
    </Tabs.Root>
  );
}

/** The line between the panel and the room's work, dragged or moved with the arrow keys. */
function WidthHandle({ width }: { readonly width: number }) {
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -16, ArrowRight: 16 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setPanel({ width: clampPanel(width + step) });
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    const handle = event.currentTarget;
    const left = handle.parentElement?.getBoundingClientRect().left ?? 0;
    handle.setPointerCapture(event.pointerId);
    const move = (moved: globalThis.PointerEvent) => setPanel({ width: clampPanel(moved.clientX - left) });
    handle.addEventListener('pointermove', move);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), {
      once: true,
    });
  };
  return (
    <hr
      className={styles.handle}
      tabIndex={0}
      aria-label="Width of folders and space"
      aria-orientation="vertical"
      aria-valuenow={width}
      aria-valuemin={narrowestPanel}
      aria-valuemax={widestPanel}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
    />
  );
}
