import styles from './app.module.css';
import { Toaster } from './components/toaster.tsx';
import { TooltipProvider } from './components/tooltip.tsx';
import { PlacesDialog } from './screens/files/sources/places-dialog.tsx';
import { LibraryScreen } from './screens/library/library-screen.tsx';
import { NewSubmissionDialog } from './screens/library/new-submission-dialog.tsx';
import { CommandPalette } from './shell/command-palette.tsx';
import { ConnectionBar } from './shell/connection-bar.tsx';
import { DropZone } from './shell/drop-zone.tsx';
import { Shortcuts } from './shell/shortcuts.tsx';
import { SubmissionFrame } from './shell/submission-frame.tsx';
import { TopBar } from './shell/top-bar.tsx';
import { useNavigation } from './stores/navigation-store.ts';

export function App() {
  const route = useNavigation((state) => state.route);
  return (
    <TooltipProvider delayDuration={500}>
      <div className={styles.app}>
        <ConnectionBar />
        <TopBar route={route} />
        {route.room === 'library' ? <LibraryScreen /> : <SubmissionFrame route={route} />}
      </div>
      <NewSubmissionDialog />
      <PlacesDialog />
      <DropZone route={route} />
      <Shortcuts />
      <CommandPalette route={route} />
      <Toaster />
    </TooltipProvider>
  );
}
