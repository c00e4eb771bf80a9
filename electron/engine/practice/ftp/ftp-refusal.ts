/** An answer of the 4xx or 5xx kind (RFC 959, 4.2), with which a command ends. */
export class FtpRefusal extends Error {
  readonly code: number;

  constructor(code: number, words: string) {
    super(words);
    this.code = code;
  }
}
