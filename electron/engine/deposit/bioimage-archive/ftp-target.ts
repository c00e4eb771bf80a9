import type { FtpTarget } from '../../transfer/methods/ftp/ftp-target.ts';
import { Trouble } from '../../transfer/trouble.ts';
import type { FtpAccess } from '../deposit.ts';
import type { Profile } from './client.ts';

/**
 * Where an account's files go by FTP: the secret folder of its profile, under the user name that fits its kind of
 * upload space (dialog "FTP/Aspera" of the submission tool).
 * @throws Trouble `ftp-access` when the access is not known, or the account has no folder
 */
export function ftpTargetOf(access: FtpAccess | null, profile: Profile): FtpTarget {
  if (access === null) {
    throw new Trouble('stop', 'ftp-access', 'Slipway does not know the FTP password of the archive.', {
      advice: 'Enter it in Send, under FTP access, then send again.',
    });
  }
  const user = access.users[profile.uploadType ?? 'ftp'] ?? access.users.ftp;
  const folder = (profile.secret ?? '').replace(/^\/+|\/+$/g, '');
  if (user === undefined || folder === '') {
    throw new Trouble('stop', 'ftp-access', 'The archive gives this account no folder for FTP.', {
      cause: 'The profile of the account names no secret folder.',
      advice: 'Choose the submission tool, or ask the archive to open FTP for the account.',
    });
  }
  return {
    host: access.host,
    port: access.port,
    user,
    password: access.password,
    startFolder: `/${folder}`,
    encryption: access.allowPlain ? 'if-offered' : 'required',
    largestFile: null,
  };
}
