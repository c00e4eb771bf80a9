import { create } from 'zustand';

/** What the places dialog is asked for. `search` is the name of a folder that was dropped. */
export interface PlacesRequest {
  readonly wants: 'folder' | 'submission-file' | 'target-folder';
  readonly search: string;
  /** Set when a folder was dropped on a browser window, which cannot know where it lies. */
  readonly dropped: boolean;
  readonly choose: (grants: readonly { readonly grant: string; readonly name: string }[]) => void;
}

/** The folder browser of the browser entry, open when there is a request. */
export const usePlaces = create<{ readonly request: PlacesRequest | null }>()(() => ({ request: null }));

export function askForPlace(request: PlacesRequest): void {
  usePlaces.setState({ request });
}

export function closePlaces(): void {
  usePlaces.setState({ request: null });
}
