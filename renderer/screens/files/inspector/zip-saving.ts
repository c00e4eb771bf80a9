import { create } from 'zustand';
import type { CountedProgress } from '../../../../shared/contract/call.ts';
import type { Entry } from '../../../../shared/model/entry.ts';
import { formatBytes, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { engine } from '../../../connection.ts';
import { type Granted, host } from '../../../host.ts';
import { showProblem, showToast } from '../../../stores/toast-store.ts';
import { askForPlace } from '../sources/places-store.ts';

/** An item that is being written as one ZIP, whichever entry the inspector shows. */
export interface ZipSaving {
  readonly progress: CountedProgress | null;
  readonly stop: () => void;
}

/** By submission and entry. */
export const useZipSavings = create<Readonly<Record<string, ZipSaving>>>()(() => ({}));

export function savingKey(id: string, entryId: number): string {
  return `${id} ${entryId}`;
}

/** Lets a person pick a folder and writes the item there as one ZIP. */
export async function saveAsZip(id: string, entry: Entry): Promise<void> {
  const key = savingKey(id, entry.id);
  try {
    const [place] = await pickTarget();
    if (!place || useZipSavings.getState()[key]) return;
    const controller = new AbortController();
    useZipSavings.setState({ [key]: { progress: null, stop: () => controller.abort() } });
    const zip = await engine.call(
      'items.saveZip',
      { id, entryId: entry.id, grant: place.grant },
      {
        signal: controller.signal,
        onProgress: (progress) =>
          useZipSavings.setState((now) => {
            const saving = now[key];
            return saving ? { [key]: { ...saving, progress } } : now;
          }),
      },
    );
    showToast({
      message: `Wrote ${zip.name} into ${place.name}.`,
      detail: `${formatCounted(zip.members, 'file')}, ${formatBytes(zip.bytes)}; each was read back and found sound.`,
    });
  } catch (thrown) {
    showProblem(thrown);
  } finally {
    useZipSavings.setState((now) => {
      const { [key]: _, ...others } = now;
      return others;
    }, true);
  }
}

/** By the desktop's dialog, in a browser by the places dialog. */
async function pickTarget(): Promise<readonly Granted[]> {
  if (host) return host.chooseFolders();
  return new Promise((resolve) => {
    askForPlace({ wants: 'target-folder', search: '', dropped: false, choose: resolve });
  });
}
