import { profiles } from '../../../shared/destinations/index.ts';
import {
  type FileListColumn,
  fieldsOf,
  type Profile,
  type VocabularyTerm,
} from '../../../shared/destinations/profile.ts';

/** The profile of a submission's destination, or null for one this version does not know. */
export function findProfile(destination: string | undefined): Profile | null {
  return profiles.find((profile) => profile.id === destination) ?? null;
}

/** The terms a file may be typed with: those of the `type` field of the section whose blocks have file lists. */
export function typeTerms(profile: Profile | null): readonly VocabularyTerm[] {
  const section = profile?.sections.find((one) => one.id === profile.fileList.perBlockOf);
  const type = section && fieldsOf(section).find((field) => field.id === 'type');
  return type?.vocabulary?.terms ?? [];
}

/** File-list columns that have no place of their own in an entry. */
export function furtherColumns(profile: Profile | null): readonly FileListColumn[] {
  const own = new Set(['Files', 'Annotation Type', 'Source Image']);
  return profile?.fileList.columns.filter((column) => !own.has(column.header)) ?? [];
}
