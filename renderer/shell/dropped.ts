/** What a drop carries, read at once because it is gone after the event. */
export interface Dropped {
  readonly files: File[];
  /** Names of dropped folders and files, for a browser that may not know their place. */
  readonly names: readonly string[];
}

/** Whether something dragged is files or folders, not text or a link. */
export function dragsFiles(transfer: DataTransfer | null): boolean {
  return transfer?.types.includes('Files') ?? false;
}

export function readDrop(transfer: DataTransfer): Dropped {
  const files = [...transfer.files];
  return { files, names: files.map((file) => file.name) };
}

/** Whether one of the dropped things is a submission file, to be opened instead of added. */
export function submissionFileAmong(names: readonly string[]): boolean {
  return names.some((name) => name.toLowerCase().endsWith('.slipway'));
}
