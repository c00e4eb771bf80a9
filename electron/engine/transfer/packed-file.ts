import { Problem } from '../../../shared/model/problem.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { keepCrcs, listedZip, zipMembers } from '../packing/zip-list.ts';
import { LAYOUT } from '../packing/zip-records.ts';
import { ZipSource } from '../packing/zip-source.ts';
import type { PackList, PackMember } from '../packing/zip-stream.ts';
import { type ByteSource, type LocalFile, SteadyFile } from './local-file.ts';
import { splitRemotePath } from './method.ts';
import { Trouble } from './trouble.ts';

/** An item that is sent as one ZIP, as the journal has it. */
interface PackedFile extends LocalFile {
  readonly id: number;
  readonly entryId: number;
  readonly remotePath: string;
}

/** What stands in the journal in place of an inode: tells two states of the members of a ZIP apart. */
export function packedIdentity(digest: string): string {
  return `zip ${digest}`;
}

/**
 * The bytes of an item's ZIP, made anew each time it is sent and the same each time. The members are those that were
 * listed for the journal; one that is no longer as it was then ends it with its name.
 */
export function openPacked(file: SubmissionFile, packed: PackedFile, layout: number): ByteSource {
  const { name } = splitRemotePath(packed.remotePath);
  const zip = listedZip(file, packed.entryId, 'send');
  if (zip === null || packedIdentity(zip.digest) !== packed.inode || layout !== LAYOUT) {
    throw new Trouble('file', 'changed', `What goes into ${name} changed since Slipway listed it.`, {
      cause: 'Half an old and half a new item must not reach the archive, so it was not sent.',
      advice: 'Look at the folder again, then send again.',
    });
  }
  const list: PackList = {
    members: () => zipMembers(file, zip.id, packed.localPath),
    open: (member) => SteadyFile.open({ ...member, shownAs: member.name }),
    known: zip.crcs,
    onRead: (crcs) => keepCrcs(file, zip.id, crcs),
    differs: (member) => {
      // The next packing is believed, and what the archive may hold by now is an earlier version.
      keepCrcs(file, zip.id, null);
      file.run('UPDATE transfer_file SET older_copy = 1 WHERE id = ?', packed.id);
      return differs(name, member);
    },
  };
  return oneFilesTrouble(new ZipSource(list, zip.size));
}

/** What is wrong with a ZIP is wrong with this file only. */
function oneFilesTrouble(source: ByteSource): ByteSource {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof Problem) || error instanceof Trouble) throw error;
      throw new Trouble('file', error.code, error.message, {
        ...(error.why === undefined ? {} : { cause: error.why }),
        ...(error.advice === undefined ? {} : { advice: error.advice }),
      });
    }
  };
  return {
    read: (buffer) => guard(source.read(buffer)),
    verify: () => guard(source.verify()),
    close: () => source.close(),
  };
}

function differs(zip: string, member: PackMember): Trouble {
  return new Trouble(
    'file',
    'changed',
    `${member.name} holds other bytes than when ${zip} was packed before, with the same size and time.`,
    {
      cause: 'The ZIP would not be the one that was sent before.',
      advice: 'Look whether its disk is in order. Send again to send it as it is now.',
    },
  );
}
