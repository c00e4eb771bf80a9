import type { EntryKind, EntryState } from '../../../shared/model/entry.ts';
import type { IconName } from '../../components/icons.tsx';

export const kindTitle: Record<EntryKind, string> = {
  image: 'Image',
  mask: 'Mask',
  table: 'Table',
  other: 'Other',
};

export const kindIcon: Record<EntryKind, IconName> = {
  image: 'image',
  mask: 'mask',
  table: 'table',
  other: 'file',
};

/** What is to be said of an entry that is not simply there; null for one that is. */
export const stateWords: Record<EntryState, string | null> = {
  present: null,
  vanished: 'No longer on disk',
  unreadable: 'Cannot be read',
  changing: 'Still being written',
};
