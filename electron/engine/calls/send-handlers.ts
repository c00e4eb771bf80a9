import { join } from 'node:path';
import type { sendCalls } from '../../../shared/contract/send-calls.ts';
import { profileOf } from '../../../shared/destinations/index.ts';
import { Problem } from '../../../shared/model/problem.ts';
import type { ArchiveChoice } from '../../../shared/model/submission.ts';
import { formatCounted } from '../../../shared/rules/format-quantities.ts';
import type { EngineContext } from '../context.ts';
import { writeFileLists } from '../deposit/file-lists.ts';
import { checkFtpNetwork, checkNetwork, enterFtp, signIn } from '../deposit/index.ts';
import { refuseOwn } from '../library/own-files.ts';
import { submissionSummary } from '../library/summary.ts';
import { writeReceipts } from '../transfer/write-receipt.ts';
import type { HandlersOf } from './handlers.ts';

export function sendHandlers(context: EngineContext): HandlersOf<typeof sendCalls> {
  const { file, changed, transfers, accounts, practice } = context;
  const target = (id: string) => {
    const { destination, archive } = submissionSummary(file(id));
    return { destination, archive };
  };
  const account = (id: string) => {
    const { destination, archive } = target(id);
    return accounts.required(destination, archive);
  };
  const ftpOf = async (destination: string, archive: ArchiveChoice) => {
    const known = await accounts.ftp(destination, archive);
    const declared = profileOf(destination).archives.find((one) => one.id === archive)?.ftp;
    return (
      known && {
        host: known.address.host,
        known: known.access !== null,
        allowPlain: known.access?.allowPlain ?? false,
        passwordHelp: declared?.passwordHelp ?? '',
      }
    );
  };
  const must = (id: string) => {
    const { findings, checkedAt } = submissionSummary(file(id));
    if (checkedAt !== null && findings.must === 0) return;
    throw new Problem(
      'must-fix',
      checkedAt === null
        ? 'The submission was changed since it was last checked.'
        : `${formatCounted(findings.must, 'finding')} must be fixed before anything is sent.`,
      {
        advice:
          checkedAt === null
            ? 'Check it once more, then send.'
            : 'Look at them under Check; most can be fixed with one click.',
      },
    );
  };
  return {
    'account.get': async ({ id }) => {
      const { destination, archive } = target(id);
      const { title, endpoint } = await accounts.archive(destination, archive);
      const current = await accounts.current(destination, archive);
      return {
        archiveTitle: title,
        endpoint,
        signedInAs: current?.user ?? null,
        kept: accounts.kept,
        ftp: await ftpOf(destination, archive),
      };
    },
    'account.signIn': async ({ id, user, password }) => {
      const { destination, archive } = target(id);
      const { endpoint } = await accounts.archive(destination, archive);
      const session = await signIn(profileOf(destination), endpoint, user, password);
      await accounts.keep(destination, archive, { user: session.user, token: session.token });
      changed(id, 'send');
      return { signedInAs: session.user };
    },
    'account.openFtp': async ({ id, password, allowPlain }) => {
      const { destination, archive } = target(id);
      const known = await accounts.ftp(destination, archive);
      if (known === null) throw new Problem('no-ftp', 'This archive takes no files by FTP.');
      const ftp = { ...known.address, password, allowPlain };
      const entered = await enterFtp(profileOf(destination), { ...(await account(id)), ftp });
      await accounts.keepFtp(destination, archive, { password, allowPlain });
      changed(id, 'send');
      return entered;
    },
    'account.forget': async ({ id }) => {
      const { destination, archive } = target(id);
      await accounts.forget(destination, archive);
      changed(id, 'send');
      return {};
    },
    'network.check': async ({ id }) => {
      const { destination, archive } = target(id);
      const tool = await checkNetwork((await accounts.archive(destination, archive)).endpoint);
      const ftp = transfers.plan(file(id)).method === 'ftp' ? await accounts.ftp(destination, archive) : null;
      if (ftp === null) return tool;
      const found = await checkFtpNetwork(ftp.address.host, ftp.address.port);
      return {
        ...tool,
        reachable: tool.reachable && found.reachable,
        words: `${tool.words} ${archive === 'practice' ? '' : found.words}`.trim(),
      };
    },
    'send.plan': ({ id }) => transfers.exactPlan(file(id)),
    'send.setMethod': ({ id, method }) => {
      const plan = transfers.setMethod(file(id), method);
      changed(id, 'send', 'summary');
      return plan;
    },
    'send.status': ({ id }) => transfers.status(file(id)),
    'send.upload': async ({ id, existing }, { signal, progress }) => {
      must(id);
      const who = await account(id);
      if (who.ftp === null && transfers.plan(file(id)).method === 'ftp') {
        throw new Problem('ftp-access', 'Slipway does not know the FTP password of the archive.', {
          advice:
            'Enter it in Send, under FTP access (in the terminal: SLIPWAY_FTP_PASSWORD), then send again.',
        });
      }
      return transfers.upload(file(id), who, { signal, progress, existing });
    },
    'send.pause': async ({ id }) => {
      await transfers.pause(file(id));
      return {};
    },
    'send.submit': async ({ id }, { signal, progress }) => {
      must(id);
      return transfers.submit(file(id), await account(id), { signal, progress });
    },
    'send.files': ({ id, ...page }) => transfers.files(file(id), page),
    'send.receipt': ({ id }) => transfers.receipt(file(id)),
    'send.writeFileLists': async ({ id, folder }) => {
      await refuseOwn(file(id), join(folder, 'file-list.tsv'), 'file list');
      return { files: await writeFileLists(file(id), folder) };
    },
    'send.writeReceipt': async ({ id, folder }, { signal }) => {
      for (const form of ['json', 'html']) {
        await refuseOwn(file(id), join(folder, `receipt.${form}`), 'receipt');
      }
      return { paths: await writeReceipts(file(id), folder, new Date(), signal) };
    },
    'practice.status': () => practice.status(),
    'practice.setFaults': ({ faults }) => practice.setFaults(faults),
  };
}
