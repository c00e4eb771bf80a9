import type { Profile } from '../../../shared/destinations/profile.ts';
import type { Metadata } from '../../../shared/model/metadata.ts';
import { fileListName } from '../../../shared/rules/file-list-names.ts';

/** Paths that the file lists of a submission will have below its remote folder: no file may have one of them. */
export function listPaths(profile: Profile, metadata: Metadata): string[] {
  const section = profile.sections.find(({ id }) => id === profile.fileList.perBlockOf);
  return (metadata[profile.fileList.perBlockOf] ?? []).map((block, at) => {
    const title = section ? block.values[section.titleField] : undefined;
    return fileListName(at + 1, typeof title === 'string' ? title : '');
  });
}
