/** An FTP server that runs for a test. */
export interface FtpTestServer {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** As a target has it. */
  readonly startFolder: string;
  /** Where the start folder lies on this computer. */
  readonly folder: string;
  close(): Promise<void>;
}
