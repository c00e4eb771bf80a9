import { stat } from 'node:fs/promises';
import { Connections } from '../http-exchange.ts';
import { identityOf } from '../local-file.ts';
import { patientPolicy } from '../retry.ts';
import { refusalTrouble } from '../trouble.ts';
import { submissionTool } from './submission-tool.ts';

/** Sends one file to a server that throws it away: `memory-child.ts FILE ADDRESS`. Prints peak memory and hash as JSON. */
const [localPath = '', address = ''] = process.argv.slice(2);
const connections = new Connections(address);
const method = submissionTool(
  {
    connections,
    path: '/',
    headers: () => ({}),
    fields: () => [],
    fileField: 'files',
    async *list() {},
    refusal: (status) =>
      refusalTrouble({ status, words: '', verdict: false, retryAfter: undefined }, connections.host),
    largestFile: null,
  },
  patientPolicy,
);
const file = { localPath, remotePath: 'x/y.bin', ...identityOf(await stat(localPath, { bigint: true })) };
let bytes = 0;
const { sha256 } = await method.open().send(file, {
  signal: new AbortController().signal,
  onBytes: (more) => {
    bytes += more;
  },
  onSaving: () => {},
});
connections.close();
process.stdout.write(JSON.stringify({ sha256, bytes, peakKilobytes: process.resourceUsage().maxRSS }));
