import { z } from 'zod';
import { methodIdSchema, planSchema } from '../model/plan.ts';
import { faultSchema } from '../model/practice.ts';
import { receiptSchema } from '../model/receipt.ts';
import { submissionIdSchema } from '../model/submission.ts';
import { fileStateSchema, transferFileSchema, transferSnapshotSchema } from '../model/transfer.ts';
import { call, doneSchema, longCall } from './call.ts';

const one = z.object({ id: submissionIdSchema });

export const practiceStatusSchema = z.object({
  url: z.string(),
  folder: z.string(),
  user: z.string(),
  password: z.string(),
  faults: z.array(faultSchema),
});

/** Accounts, sending, and what comes after. */
export const sendCalls = {
  'account.get': call(
    one,
    z.object({
      archiveTitle: z.string(),
      endpoint: z.string(),
      signedInAs: z.string().nullable(),
      kept: z.boolean(),
      /** Null where the archive takes no files by FTP. */
      ftp: z
        .object({
          host: z.string(),
          /** Whether the password is known here. */
          known: z.boolean(),
          allowPlain: z.boolean(),
          /** Where the person finds the password. */
          passwordHelp: z.string(),
        })
        .nullable(),
    }),
  ),
  /**
   * Enters the archive's FTP server as an upload would, and keeps the password in the host's secret store when that
   * works. Needs a signed-in account, whose folder it is. Problem `no-encryption` when the server has no TLS and plain
   * FTP was not allowed: nothing was said of the account then.
   */
  'account.openFtp': call(
    one.extend({ password: z.string().min(1).max(1000), allowPlain: z.boolean() }),
    z.object({ encrypted: z.boolean() }),
  ),
  /** Passwords are used once and not kept; the session token goes to the host's secret store. */
  'account.signIn': call(
    one.extend({ user: z.string().min(1), password: z.string().min(1) }),
    z.object({ signedInAs: z.string() }),
  ),
  'account.forget': call(one, doneSchema),
  /** Asks the archive whether it answers from this network; says what was found in words. */
  'network.check': call(
    one,
    z.object({ reachable: z.boolean(), words: z.string(), milliseconds: z.number() }),
  ),
  'send.plan': call(one, planSchema),
  'send.setMethod': call(one.extend({ method: z.union([z.literal('auto'), methodIdSchema]) }), planSchema),
  'send.status': call(one, transferSnapshotSchema),
  /** Sends the files, makes the file lists and has the archive validate them. Joins a transfer that already runs. */
  'send.upload': longCall(
    one.extend({
      /** What to do with files the archive holds that Slipway did not send: stop and ask, send over them, or leave them. */
      existing: z.enum(['ask', 'replace', 'keep']).default('ask'),
    }),
    transferSnapshotSchema,
    transferSnapshotSchema,
  ),
  /** Takes effect at once: connections are closed, what the archive confirmed stays. Upload again to go on. */
  'send.pause': call(one, doneSchema),
  /** The irreversible step: hands the submission to the archive and waits for the accession. */
  'send.submit': longCall(
    one.extend({ confirmed: z.literal(true) }),
    z.object({ accession: z.string() }),
    transferSnapshotSchema,
  ),
  'send.files': call(
    one.extend({
      state: fileStateSchema.optional(),
      offset: z.number().int().min(0),
      limit: z.number().int().min(1).max(500),
    }),
    z.object({ total: z.number().int(), rows: z.array(transferFileSchema) }),
  ),
  'send.receipt': call(one, receiptSchema),
  /** Writes the file lists into a folder of the host's; returns the names written. */
  'send.writeFileLists': call(
    one.extend({ folder: z.string() }),
    z.object({ files: z.array(z.object({ name: z.string(), rows: z.number().int() })) }),
    'host',
  ),
  /** Writes the receipt as JSON and as HTML into a folder of the host's, however many files there are. */
  'send.writeReceipt': call(
    one.extend({ folder: z.string() }),
    z.object({ paths: z.array(z.string()) }),
    'host',
  ),
  'practice.status': call(z.object({}), practiceStatusSchema),
  'practice.setFaults': call(z.object({ faults: z.array(faultSchema) }), practiceStatusSchema),
};
