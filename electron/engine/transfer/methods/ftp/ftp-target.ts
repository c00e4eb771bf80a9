/** Where files go by FTP; a destination fills it in. */
export interface FtpTarget {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** The account's folder that remote paths lie below, from the root: `/` or `/a/b`. What lies above may be closed. */
  readonly startFolder: string;
  /** `required`: nothing is said, not even the password, before the server agreed to TLS. */
  readonly encryption: 'required' | 'if-offered';
  /** Certificates (PEM) to trust beside those of the system; the practice archive's own. */
  readonly certificates?: readonly string[];
  /** Bytes; null: no limit known. */
  readonly largestFile: number | null;
}
