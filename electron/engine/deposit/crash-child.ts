import { SubmissionFile } from '../library/submission-file.ts';
import type { DepositAccount } from './deposit.ts';
import { quickPolicy } from './deposit-bench.ts';
import { createTransfers } from './transfers.ts';

/**
 * The whole job in a process that a test may kill: `crash-child.ts FILE ACCOUNT`, the account as JSON. Prints the
 * accession as JSON when it comes to its end.
 */
const [path = '', accountText = ''] = process.argv.slice(2);
const file = SubmissionFile.open(path);
const transfers = createTransfers({ policy: quickPolicy });
const account = JSON.parse(accountText) as DepositAccount;
const watching = { signal: new AbortController().signal, progress: () => {} };
const uploaded = await transfers.upload(file, account, { ...watching, existing: 'ask' });
if (uploaded.phase !== 'uploaded' && uploaded.phase !== 'deposited') {
  process.stderr.write(JSON.stringify(uploaded.problem));
  process.exit(1);
}
const { accession } = await transfers.submit(file, account, watching);
file.close();
process.stdout.write(JSON.stringify({ accession }));
