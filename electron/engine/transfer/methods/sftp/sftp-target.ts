/** Who signs in at an SFTP server. */
export type SftpCredentials =
  | { readonly password: string }
  | { readonly privateKey: string | Buffer; readonly passphrase?: string }
  /** Socket of a running SSH agent. */
  | { readonly agent: string };

/** Where files go by SFTP; a destination fills it in. */
export interface SftpTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly credentials: SftpCredentials;
  /**
   * Fingerprint of the server's key as OpenSSH shows it, `SHA256:` and base64, as a person saw it the first time; null
   * when no one has: then nothing is sent and the trouble tells the fingerprint.
   */
  readonly hostKey: string | null;
  /** Folder that remote paths lie below, from the root: `/` or `/a/b`. */
  readonly startFolder: string;
  /** Bytes; null: no limit known. */
  readonly largestFile: number | null;
}
