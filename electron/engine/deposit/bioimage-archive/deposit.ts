import { Problem } from '../../../../shared/model/problem.ts';
import { ftp } from '../../transfer/methods/ftp/ftp.ts';
import { tryFtp } from '../../transfer/methods/ftp/ftp-trial.ts';
import { patientPolicy, type TransferPolicy } from '../../transfer/retry.ts';
import { Trouble } from '../../transfer/trouble.ts';
import type { Deposit, DepositSession, FtpAccess, HandedIn } from '../deposit.ts';
import { maskSecret } from '../redact.ts';
import { BioStudiesClient, type SubmissionRow } from './client.ts';
import { writeFileList } from './file-list.ts';
import { ftpTargetOf } from './ftp-target.ts';
import { COLLECTION, writePageTab } from './page-tab.ts';
import { LARGEST_FILE, submissionToolOf } from './upload.ts';

/** Drafts asked for at a time, and pages looked through for one that an earlier attempt made. */
const PAGE = 50;
const PAGES = 40;

/** A person waits for it, so it may not take as long as other answers. */
const SIGN_IN_MS = 30_000;

/** What the server says when a submission is under way already (BioStudies, ConcurrentRequestDraftException). */
const UNDER_WAY = /\bis (currently )?being processed\b/i;

/** Annotations at the BioImage Archive, by the BioStudies submission interface. */
export const bioImageArchive: Deposit = {
  destination: 'bia-annotations',
  methods: [
    { id: 'submission-tool', largestFile: LARGEST_FILE },
    { id: 'ftp', largestFile: null },
  ],

  async signIn(endpoint, user, password, signal) {
    const client = new BioStudiesClient(endpoint, null, { ...patientPolicy, answerMs: SIGN_IN_MS });
    try {
      const profile = await client.logIn(user, password, signal);
      return {
        token: profile.sessid,
        user: profile.email || user,
        displayName: profile.fullname || profile.username || profile.email || user,
        secretMasked: maskSecret(profile.secret ?? ''),
      };
    } finally {
      client.close();
    }
  },

  open: (account, policy) =>
    openSession(new BioStudiesClient(account.endpoint, account.token, policy), account.ftp, policy),

  async tryFtp(account, signal) {
    const policy = { ...patientPolicy, answerMs: SIGN_IN_MS };
    const client = new BioStudiesClient(account.endpoint, account.token, policy);
    try {
      return await tryFtp(ftpTargetOf(account.ftp, await client.profile(signal)), policy, signal);
    } finally {
      client.close();
    }
  },

  document: (metadata, fileLists) => writePageTab(metadata, { fileLists }),

  async writeList(target, rows, columns, signal) {
    return (await writeFileList(target, rows, columns, signal)).rows;
  },
};

function openSession(
  client: BioStudiesClient,
  access: FtpAccess | null,
  policy: TransferPolicy,
): DepositSession {
  return {
    async method(id, signal) {
      if (id !== 'ftp') return submissionToolOf(client, policy);
      return ftp(ftpTargetOf(access, await client.profile(signal)), policy);
    },

    async welcome(signal) {
      const profile = await client.profile(signal);
      const collections = await client.collections(signal);
      if (collections !== null && !collections.includes(COLLECTION)) {
        throw new Problem('not-allowed', `This account may not submit to ${COLLECTION}.`, {
          cause: `The archive lists for it: ${collections.join(', ') || 'no collection'}.`,
          advice:
            'Write to the BioImage Archive and ask for the right to submit, or sign in with another account.',
        });
      }
      return `Signed in as ${profile.fullname || profile.email || profile.username}`;
    },

    validateList: (path, signal) => client.validateFileList(path, signal),

    async findDraft(mark, signal) {
      for (let page = 0; page < PAGES; page++) {
        const drafts = await client.drafts(page * PAGE, PAGE, signal);
        const found = drafts.find(({ content }) => (JSON.stringify(content) ?? '').includes(mark));
        if (found) return found.key;
        if (drafts.length < PAGE) return null;
      }
      return null;
    },

    async createDraft(document, signal) {
      return (await client.createDraft(document, COLLECTION, signal)).key;
    },

    updateDraft: (key, document, signal) => client.updateDraft(key, document, signal),

    async submit(key, signal) {
      try {
        await client.submitDraft(key, signal);
      } catch (error) {
        // Somebody was faster: this attempt's own request that a gateway had given up, most likely.
        if (error instanceof Trouble && UNDER_WAY.test(error.message)) return;
        throw error;
      }
    },

    async handedIn(key, signal) {
      return handedInOf(key, await client.submission(key, signal));
    },

    close: () => client.close(),
  };
}

/** Status of `GET /submissions`: PROCESSING, PROCESSED, INVALID (BioStudies SubmissionDto). */
function handedInOf(key: string, row: SubmissionRow | null): HandedIn {
  if (row === null) return { state: 'nothing', accession: key, errors: [] };
  if (row.status === 'PROCESSED') return { state: 'processed', accession: row.accession, errors: [] };
  if (row.status === 'INVALID') return { state: 'refused', accession: row.accession, errors: row.errors };
  return { state: 'processing', accession: row.accession, errors: [] };
}
