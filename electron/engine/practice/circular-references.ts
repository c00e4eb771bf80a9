/**
 * Finds files that lie in a folder which is named itself (BioStudies SubmissionRequestFilesValidator): the text of
 * each path is cut at its slashes from the right until it equals a named folder.
 */
export function folderHolding(path: string, folders: ReadonlySet<string>): string | null {
  let parent = parentOf(path);
  while (parent !== '') {
    if (folders.has(parent)) return parent;
    parent = parentOf(parent);
  }
  return null;
}

function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
