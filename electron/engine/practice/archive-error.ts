/**
 * Why a request is refused. The kind decides what a user may read of an error met while processing:
 * BioStudies shows missing files, bad lists and bad paths, and nothing else (SubmissionRequestFilesValidator).
 */
export type ErrorKind = 'missing-files' | 'bad-list' | 'bad-path' | 'other';

/** A node of the log tree, as every BioStudies error carries it. */
export interface ErrorNode {
  readonly level: 'ERROR';
  readonly message: string;
  readonly subnodes: readonly ErrorNode[];
}

/** The body of an error answer. */
export interface ErrorTree {
  readonly status: 'FAIL';
  readonly log: ErrorNode;
}

/** A refusal of the archive: an HTTP status and a log tree. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
  readonly status: number;
  readonly kind: ErrorKind;
  readonly causes: readonly string[];

  constructor(status: number, message: string, more: { kind?: ErrorKind; causes?: readonly string[] } = {}) {
    super(message);
    this.status = status;
    this.kind = more.kind ?? 'other';
    this.causes = more.causes ?? [];
  }
}

/** Builds the log tree of a message and its causes, one subnode each. */
export function errorTree(message: string, causes: readonly string[] = []): ErrorTree {
  const node = (text: string, subnodes: readonly ErrorNode[]): ErrorNode => ({
    level: 'ERROR',
    message: text,
    subnodes,
  });
  return {
    status: 'FAIL',
    log: node(
      message,
      causes.map((cause) => node(cause, [])),
    ),
  };
}

/** What users read of an error met while processing, whose cause is kept from them. */
export const UNKNOWN_PROCESSING_ERROR = 'Unknown processing error. Please contact Admin.';

/**
 * Files named by a submission or a list that no source holds. At most the first 1000 are given by the caller.
 * Wording: BioStudies FilesProcessingException.
 */
export function missingFiles(
  paths: readonly string[],
  sources: readonly string[],
  listName?: string,
): ArchiveError {
  const lines = ['The following files could not be found:', ...paths.map((path) => `  - ${path}`)];
  if (listName !== undefined) lines.push(`Referenced in file list: ${listName}`);
  lines.push('List of available sources:', ...sources.map((source) => `  - ${source}`));
  return new ArchiveError(500, lines.join('\n'), { kind: 'missing-files' });
}

/** A path outside the allowed characters. Wording: BioStudies InvalidPathException. */
export function invalidPath(path: string, listName?: string): ArchiveError {
  const lines = [`The given file path contains invalid characters: ${path}`];
  if (listName !== undefined) lines.push(`Referenced in file list: ${listName}`);
  lines.push('For more information check https://www.ebi.ac.uk/bioimage-archive/help-file-list');
  return new ArchiveError(500, lines.join('\n'), { kind: 'bad-path' });
}

/** A file list that cannot be used. Wording: BioStudies InvalidFileListException. */
export function badFileList(name: string, why: string): ArchiveError {
  return new ArchiveError(400, `Problem processing file list '${name}': ${why}`, { kind: 'bad-list' });
}

/** A file extension the archive does not read. Wording: BioStudies InvalidFormatException. */
export function unsupportedFormat(extension: string): ArchiveError {
  return new ArchiveError(415, `Unsupported pagetab format: ${extension}`);
}

/** A path that leaves the user's folder. Wording: BioStudies PathFilesService. */
export function noPermission(path: string): ArchiveError {
  return new ArchiveError(500, `The user does not have permission for accessing path '${path}'`);
}

/** A submission refused at the moment it is handed in, with its causes. Wording: BioStudies SubmissionSubmitter. */
export function validationErrors(causes: readonly string[]): ArchiveError {
  return new ArchiveError(400, 'Submission validation errors', { causes });
}

/** An operation on a draft whose submission is under way. Wording: BioStudies ConcurrentRequestDraftException. */
export function beingProcessed(accNo: string): ArchiveError {
  return new ArchiveError(
    500,
    `Request '${accNo}' is being processed. Submission request draft operations are blocked.`,
  );
}

/** What this practice archive leaves out of the real interface, said plainly. */
export function notPractised(what: string): ArchiveError {
  return new ArchiveError(501, `This practice archive does not ${what}.`);
}
