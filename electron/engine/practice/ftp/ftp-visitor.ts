import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import type { Archive } from '../archive.ts';
import type { UploadFault } from '../faults.ts';
import type { UploadOutcome } from '../request-log.ts';
import { PRACTICE_FTP_ACCOUNT } from './ftp-account.ts';
import { FtpFiles } from './ftp-files.ts';
import { FtpPassive } from './ftp-passive.ts';
import { receive } from './ftp-receive.ts';
import { FtpRefusal } from './ftp-refusal.ts';

/** As RFC 2389 has it: what goes beyond RFC 959. */
const FEATURES = ['EPSV', 'MDTM', 'MLST type*;size*;', 'PASV', 'REST STREAM', 'SIZE', 'TVFS', 'UTF8'];

type Command = (argument: string) => Promise<string | null> | string | null;

/** One control connection: reads commands, one after the other, and answers each (RFC 959, 3659). */
export class FtpVisitor {
  readonly #socket: Socket;
  readonly #archive: Archive;
  readonly #files: FtpFiles;
  #user = '';
  #isIn = false;
  #folder = '/';
  #restartAt = 0;
  #renameFrom: string | null = null;
  #passive: FtpPassive | null = null;
  #dataSocket: Socket | null = null;

  constructor(socket: Socket, archive: Archive, secret: string) {
    this.#socket = socket;
    this.#archive = archive;
    this.#files = new FtpFiles(archive, secret);
  }

  /** Serves until the visitor leaves. Never throws. */
  async serve(): Promise<void> {
    this.#socket.on('error', () => {});
    // Data without anybody to tell its end to is of no use.
    const lines = createInterface({ input: this.#socket, crlfDelay: Number.POSITIVE_INFINITY });
    this.#socket.once('close', () => {
      // A connection that is broken off ends no reading by itself.
      lines.close();
      this.#passive?.close();
      this.#dataSocket?.destroy();
    });
    this.#say('220 Practice archive. Nothing leaves this computer.');
    try {
      for await (const line of lines) {
        await this.#answer(line);
      }
    } catch {
      // The visitor went away in the middle of a word.
    } finally {
      this.#socket.destroy();
    }
  }

  async #answer(line: string): Promise<void> {
    const [word = '', ...rest] = line.split(' ');
    const name = word.toUpperCase();
    try {
      const command = this.#isIn ? (this.#beforeIn[name] ?? this.#whenIn[name]) : this.#beforeIn[name];
      if (!command) {
        throw this.#isIn || !(name in this.#whenIn)
          ? new FtpRefusal(502, `${name} is not done here.`)
          : new FtpRefusal(530, 'Please login with USER and PASS.');
      }
      const answer = await command(rest.join(' '));
      if (answer !== null) this.#say(answer);
    } catch (error) {
      const refusal = error instanceof FtpRefusal ? error : new FtpRefusal(550, 'Permission denied.');
      this.#say(`${refusal.code} ${refusal.message}`);
    }
    if (name !== 'REST' && name !== 'EPSV' && name !== 'PASV') this.#restartAt = 0;
  }

  #say(answer: string): void {
    if (this.#socket.writable) this.#socket.write(`${answer}\r\n`);
  }

  readonly #beforeIn: Readonly<Record<string, Command>> = {
    USER: (user) => {
      this.#user = user;
      this.#isIn = false;
      return '331 Please specify the password.';
    },
    PASS: (password) => {
      const { user, password: right } = PRACTICE_FTP_ACCOUNT;
      if (this.#user !== user || password !== right) throw new FtpRefusal(530, 'Login incorrect.');
      this.#isIn = true;
      return '230 Login successful.';
    },
    AUTH: () => {
      throw new FtpRefusal(502, 'No encryption here: nothing leaves this computer.');
    },
    FEAT: () => `211-Features:\r\n${FEATURES.map((feature) => ` ${feature}\r\n`).join('')}211 End`,
    SYST: () => '215 UNIX Type: L8',
    OPTS: (options) => (/^(UTF8 ON|MLST\b)/i.test(options) ? '200 Yes.' : '501 Option not known.'),
    NOOP: () => '200 Here.',
    QUIT: () => {
      this.#socket.end('221 Goodbye.\r\n');
      return null;
    },
  };

  readonly #whenIn: Readonly<Record<string, Command>> = {
    TYPE: (type) => (/^I\b/i.test(type) ? '200 Binary.' : '504 Only binary.'),
    MODE: () => '200 Stream.',
    STRU: () => '200 File.',
    PWD: () => `257 "${this.#folder.replaceAll('"', '""')}" is the current folder.`,
    CWD: async (argument) => {
      const folder = this.#files.resolve(this.#folder, argument);
      if (!(await this.#files.isFolder(folder))) throw new FtpRefusal(550, 'Failed to change directory.');
      this.#folder = folder;
      return '250 Folder changed.';
    },
    EPSV: async () => `229 Entering Extended Passive Mode (|||${(await this.#listen()).port}|)`,
    PASV: async () => {
      const { port } = await this.#listen();
      return `227 Entering Passive Mode (127,0,0,1,${port >> 8},${port & 255})`;
    },
    REST: (offset) => {
      if (!/^\d{1,15}$/.test(offset)) throw new FtpRefusal(501, 'Not a number of bytes.');
      this.#restartAt = Number(offset);
      return `350 Restart at ${offset}.`;
    },
    STOR: (argument) => this.#store(argument, this.#restartAt),
    APPE: (argument) => this.#store(argument, 'end'),
    RETR: (argument) => this.#retrieve(argument),
    MLSD: (argument) => this.#list(argument, (line) => line),
    LIST: (argument) => this.#list(argument.replace(/^-\w+ ?/, ''), unixLine),
    SIZE: async (argument) => `213 ${(await this.#files.facts(this.#path(argument))).size}`,
    MDTM: async (argument) => {
      const { modified } = await this.#files.facts(this.#path(argument));
      return `213 ${modified.toISOString().replace(/[-:T]/g, '').slice(0, 14)}`;
    },
    MKD: async (argument) => {
      const path = this.#path(argument);
      await this.#files.makeFolder(path);
      return `257 "${path.replaceAll('"', '""')}" created.`;
    },
    DELE: async (argument) => {
      await this.#files.remove(this.#path(argument));
      return '250 Deleted.';
    },
    RNFR: async (argument) => {
      await this.#files.facts(this.#path(argument));
      this.#renameFrom = this.#path(argument);
      return '350 Ready for RNTO.';
    },
    RNTO: async (argument) => {
      if (this.#renameFrom === null) throw new FtpRefusal(503, 'RNFR comes first.');
      await this.#files.rename(this.#renameFrom, this.#path(argument));
      this.#renameFrom = null;
      return '250 Renamed.';
    },
  };

  #path(argument: string): string {
    return this.#files.resolve(this.#folder, argument);
  }

  async #listen(): Promise<FtpPassive> {
    this.#passive?.close();
    this.#passive = await FtpPassive.open();
    return this.#passive;
  }

  /** The data connection that was agreed on; good for one transfer. */
  async #data(): Promise<Socket> {
    const passive = this.#passive;
    this.#passive = null;
    if (passive === null) throw new FtpRefusal(425, 'Use EPSV or PASV first.');
    this.#dataSocket = await passive.connection();
    return this.#dataSocket;
  }

  async #list(argument: string, line: (facts: string) => string): Promise<string> {
    const lines = await this.#files.list(this.#path(argument));
    this.#say('150 Here comes the listing.');
    const socket = await this.#data();
    await pipeline(
      lines.map((facts) => `${line(facts)}\r\n`),
      socket,
    );
    return '226 Listing sent.';
  }

  async #retrieve(argument: string): Promise<string> {
    const handle = await this.#files.openForReading(this.#path(argument));
    this.#say('150 Here it comes.');
    const start = this.#restartAt;
    await pipeline(handle.createReadStream({ start, highWaterMark: 1 << 20 }), await this.#data());
    return '226 Transfer complete.';
  }

  async #store(argument: string, offset: number | 'end'): Promise<string | null> {
    const path = this.#path(argument);
    const { handle, at } = await this.#files.openForWriting(path, offset);
    const fault = this.#archive.faults.takeForUpload();
    try {
      this.#say('150 Ok to send data.');
      const socket = await this.#data();
      const { ended, bytes } = await receive(socket, handle, at, fault);
      await handle.close();
      await this.#log(path, at + bytes, outcomeOf(ended, fault));
      return await this.#stored(path, ended, fault);
    } finally {
      await handle.close().catch(() => {});
    }
  }

  async #stored(path: string, ended: string, fault: UploadFault | null): Promise<string | null> {
    if (ended === 'stalled') return null;
    if (ended === 'cut' || fault === 'bad-gateway') {
      this.#socket.destroy();
      return null;
    }
    if (ended === 'broken-off') throw new FtpRefusal(426, 'The data connection broke.');
    if (fault === 'error-log' || fault === 'lose-file') await this.#files.remove(path);
    if (fault === 'error-log') throw new FtpRefusal(451, 'Local error (on order).');
    return '226 Transfer complete.';
  }

  async #log(path: string, bytes: number, outcome: UploadOutcome): Promise<void> {
    await this.#archive.log.add({
      what: 'upload',
      at: new Date().toISOString(),
      path: this.#files.logged(path),
      bytes,
      outcome,
      status: null,
    });
  }
}

function outcomeOf(ended: string, fault: UploadFault | null): UploadOutcome {
  if (ended === 'cut' || ended === 'stalled' || ended === 'broken-off') return ended;
  if (fault === 'error-log') return 'refused';
  return fault === 'lose-file' ? 'lost' : 'stored';
}

/** A line as `ls -l` writes it, for clients that know no MLSD. */
function unixLine(facts: string): string {
  const match = /^type=(\w+);size=(\d+); (.*)$/s.exec(facts);
  const isFolder = match?.[1] === 'dir';
  const size = (match?.[2] ?? '0').padStart(12);
  return `${isFolder ? 'd' : '-'}rw-r--r--    1 ftp      ftp  ${size} Jan 01 00:00 ${match?.[3] ?? ''}`;
}
