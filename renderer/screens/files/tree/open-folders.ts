/** Keys of the folders that are open in a tree, with the sources that were opened once by themselves. */
export interface OpenFolders extends Set<string> {
  readonly seen: Set<number>;
}

let kept: { readonly submissionId: string; readonly open: OpenFolders } | null = null;

/** The folders that are open in the tree of a submission, as long as no other is visited. */
export function openFolders(submissionId: string): OpenFolders {
  if (kept?.submissionId !== submissionId) {
    kept = { submissionId, open: Object.assign(new Set<string>(), { seen: new Set<number>() }) };
  }
  return kept.open;
}
