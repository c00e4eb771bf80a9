/** The shared FTP account of the practice archive, which protects nothing: what is secret is the folder's name. */
export const PRACTICE_FTP_ACCOUNT = { user: 'bs-upload', password: 'practice' } as const;
