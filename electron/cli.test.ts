import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { SubmissionFile } from './engine/library/submission-file.ts';
import { startPracticeArchive } from './engine/practice/practice-archive.ts';
import { makeSampleData } from './engine/samples/sample-data.ts';
import { runCli } from './terminal/cli.fixture.ts';

// Each step of a job is a program of its own; on a busy machine starting them takes its time.
vi.setConfig({ testTimeout: 180_000 });

const data = resolve(import.meta.dirname, '..', '..', 'shared', 'data');

let home: string;
let samples: string;
let file: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'slipway-cli-'));
  samples = await makeSampleData(home);
});
afterAll(() => rmSync(home, { recursive: true }));
let count = 0;
beforeEach(() => {
  file = join(home, `job-${count++}.slipway`);
});

const cli = (...args: string[]) => runCli(home, args);

/** A complete description, as a person would fill in the blank template. */
const description = {
  study: {
    title: 'Instance masks of nuclei in cultured cells',
    description: 'Masks of nuclei drawn by hand on images that are public already.',
    releaseDate: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
    keywords: ['nuclei', 'segmentation'],
  },
  contacts: [
    {
      name: 'Ada Example',
      email: 'ada@example.org',
      organisations: [{ name: 'Example Institute' }],
      role: 'submitter',
    },
  ],
  links: [{ link: 'biostudies:S-BIAD634', description: 'The images that were annotated' }],
  annotations: [
    {
      title: 'Nuclei',
      overview: 'Instance masks.',
      type: 'segmentation_mask',
      method: 'Drawn by hand by two people.',
    },
  ],
};

function describedIn(name: string, json: unknown): string {
  const path = join(home, name);
  writeFileSync(path, JSON.stringify(json));
  return path;
}

describe('the job, command by command', () => {
  test('from folder to accession and receipt', async () => {
    expect(await cli('create', file, '--destination', 'bia-annotations')).toMatchObject({ code: 0 });
    const added = await cli('add', file, samples, '--json');
    expect(added).toMatchObject({ code: 0, json: { files: 30, pairs: 7 } });
    expect(await cli('check', file)).toMatchObject({ code: 1, out: expect.stringContaining('✗ must') });
    expect(await cli('describe', file, describedIn('ok.json', description))).toMatchObject({ code: 0 });
    expect(await cli('upload', file)).toMatchObject({
      code: 1,
      err: expect.stringContaining('must be fixed'),
    });
    expect(await cli('check', file, '--fix')).toMatchObject({
      code: 0,
      out: expect.stringContaining('Ready to send'),
    });

    const lists = join(home, 'lists');
    expect(await cli('file-list', file, '--out', lists)).toMatchObject({ code: 0 });
    const list = readFileSync(join(lists, readdirSync(lists)[0] ?? ''), 'utf8');
    expect(list.split('\n')[0]?.split('\t').slice(0, 3)).toEqual([
      'Files',
      'Annotation Type',
      'Source Image',
    ]);
    for (const [path, type, image] of list
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((row) => row.split('\t'))) {
      expect(path).not.toContain('+');
      expect(type).toBe('segmentation_mask');
      expect(image).not.toBe('');
    }

    const uploaded = await cli('upload', file, '--json');
    expect(uploaded).toMatchObject({ code: 0, json: { phase: 'uploaded', filesFailed: 0 } });
    const submitted = await cli('submit', file, '--json');
    expect(submitted).toMatchObject({ code: 0, json: { accession: expect.stringMatching(/^S-BIAD\d+$/) } });
    expect(await cli('status', file)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/accession S-BIAD\d+/),
    });
    expect(await cli('receipt', file, '--out', join(home, 'receipts'))).toMatchObject({ code: 0 });
    const receipt = JSON.parse(readFileSync(join(home, 'receipts', 'receipt.json'), 'utf8')) as {
      files: unknown[];
    };
    expect(receipt.files).toHaveLength((uploaded.json as { filesDone: number }).filesDone);
  });

  test('an archive at another address, with an account from the environment', async () => {
    const archive = await startPracticeArchive({ folder: join(home, 'elsewhere') });
    try {
      await cli('create', file, '--destination', 'bia-annotations');
      await cli('add', file, samples);
      await cli('describe', file, describedIn('ok.json', description));
      await cli('check', file, '--fix');
      const wrong = await runCli(home, ['upload', file, '--endpoint', archive.url], {
        SLIPWAY_USER: archive.account.user,
        SLIPWAY_PASSWORD: 'not-the-password',
      });
      expect(wrong).toMatchObject({ code: 1 });
      expect(wrong.err).not.toContain('not-the-password');
      expect(wrong.err).toMatch(/password/i);
      expect(await runCli(home, ['upload', file, '--endpoint', archive.url])).toMatchObject({
        code: 1,
        err: expect.stringContaining('SLIPWAY_USER'),
      });
      const right = await runCli(home, ['upload', file, '--endpoint', archive.url], {
        SLIPWAY_USER: archive.account.user,
        SLIPWAY_PASSWORD: archive.account.password,
      });
      expect(right).toMatchObject({ code: 0 });
    } finally {
      await archive.close();
    }
  });

  test('template prints JSON that describe takes once it is filled', async () => {
    const { json } = await cli('template', 'bia-annotations', '--json');
    expect(Object.keys(json as object)).toEqual(expect.arrayContaining(Object.keys(description)));
  });

  test.runIf(existsSync(data))('file-list names the masks of real data with their images', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('add', file, join(data, 'masks', 'stardist'));
    const lists = join(home, 'real-lists');
    await cli('file-list', file, '--out', lists);
    const rows = readFileSync(join(lists, readdirSync(lists)[0] ?? ''), 'utf8')
      .trimEnd()
      .split('\n')
      .slice(1);
    expect(
      rows.map((row) => row.split('\t')).map(([mask, , image]) => [mask?.split('/').at(-1), image]),
    ).toEqual([
      ['mask2d.tif', 'stardist/img2d.tif'],
      ['mask3d.tif', 'stardist/img3d.tif'],
    ]);
  });
});

describe('wrong use ends with 2 and a hint', () => {
  test.each([
    [['fly'], 'no command "fly"'],
    [['create'], 'create FILE'],
    [['create', 'x'], '--destination'],
    [['add', 'x'], 'add FILE FOLDER'],
    [['upload', 'x', '--method', 'pigeon'], '--method takes'],
    [['rehearse'], 'rehearse FOLDER'],
    [['rehearse', '.', '--fault', 'meteor'], 'meteor'],
    [['check', 'x', '--password', 'y'], 'password'],
  ])('%j', async (args, words) => {
    const ran = await cli(...args);
    expect(ran.code).toBe(2);
    expect(ran.err).toMatch(new RegExp(words));
    expect(ran.err).not.toContain('    at ');
  });
});

describe('bad input: a clear message, exit code 1, nothing lost', () => {
  const problem = (ran: { json: unknown }) =>
    (ran.json as { problem: { code: string; message: string } }).problem;

  test('a submission file that is not there, is something else, or is newer', async () => {
    expect(problem(await cli('check', join(home, 'none.slipway'), '--json')).code).toBe('file-missing');
    writeFileSync(file, 'not a database, just text that goes on for a while so that it is long enough');
    expect(problem(await cli('check', file, '--json')).code).toBe('damaged');
    rmSync(file);
    SubmissionFile.create(file).close();
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999');
    db.close();
    const before = readFileSync(file);
    expect(problem(await cli('check', file, '--json')).code).toBe('newer-version');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('create does not write over a file', async () => {
    writeFileSync(file, 'precious');
    expect(problem(await cli('create', file, '--destination', 'bia-annotations', '--json')).code).toBe(
      'file-exists',
    );
    expect(readFileSync(file, 'utf8')).toBe('precious');
  });

  test('an unknown destination leaves no file behind', async () => {
    const ran = await cli('create', file, '--destination', 'atlantis', '--json');
    expect(ran.code).toBe(1);
    expect(existsSync(file)).toBe(false);
  });

  test('a folder that is missing, is a file, or holds nothing', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    expect(problem(await cli('add', file, join(home, 'nowhere'), '--json')).code).toBe('no-folder');
    expect(problem(await cli('add', file, file, '--json')).code).toBe('no-folder');
    const empty = join(home, `empty-${count}`);
    mkdirSync(empty);
    const ran = await cli('add', file, empty);
    expect(ran).toMatchObject({ code: 1, out: expect.stringContaining('Nothing was found') });
    const checked = await cli('check', file);
    expect(checked.code).toBe(1);
  });

  test('a description with unknown fields or wrong types changes nothing and names every place', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('describe', file, describedIn('ok.json', description));
    const bad = { ...description, study: { ...description.study, title: 42, colour: 'blue' }, shoes: [] };
    const ran = await cli('describe', file, describedIn('bad.json', bad), '--json');
    expect(ran.code).toBe(1);
    const said = JSON.stringify(ran.json);
    for (const place of ['title', 'colour', 'shoes']) expect(said).toContain(place);
    expect((await cli('status', file)).out).toContain(description.study.title);
    writeFileSync(join(home, 'half.json'), '{"study": {');
    expect(problem(await cli('describe', file, join(home, 'half.json'), '--json')).code).toBe(
      'unreadable-description',
    );
  });

  test('names the archive refuses, a mask without image and a zero-byte file are findings, and --fix mends what is safe', async () => {
    const folder = join(home, `bad-names-${count}`);
    cpSync(samples, folder, { recursive: true });
    cpSync(join(samples, 'masks', 'field-01_mask.tif'), join(folder, 'masks', 'Zelle  é+1_mask.tif'));
    cpSync(join(samples, 'images', 'field-01.tif'), join(folder, 'images', 'Zelle  é+1.tif'));
    writeFileSync(join(folder, 'masks', 'field-09_mask.tif'), '');
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('add', file, folder);
    await cli('describe', file, describedIn('ok.json', description));
    const found = await cli('check', file, '--json');
    expect(found.code).toBe(1);
    const said = JSON.stringify(found.json);
    for (const words of ['é+1_mask.tif', 'field-09_mask.tif', 'field-06_mask.tif'])
      expect(said).toContain(words);
    const fixed = await cli('check', file, '--fix');
    expect(fixed.code).toBe(0);
    expect(existsSync(join(folder, 'masks', 'Zelle  é+1_mask.tif'))).toBe(true);
  });

  test('a submission that another Slipway has open', async () => {
    const open = SubmissionFile.create(file);
    try {
      const ran = await cli('check', file, '--json');
      expect(ran.code).toBe(1);
      expect(problem(ran).code).toBe('in-use');
    } finally {
      open.close();
    }
  });

  test('an archive that does not answer', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('add', file, samples);
    await cli('describe', file, describedIn('ok.json', description));
    await cli('check', file, '--fix');
    const env = { SLIPWAY_USER: 'a@b.org', SLIPWAY_PASSWORD: 'secret-word' };
    const ran = await runCli(home, ['upload', file, '--endpoint', 'http://127.0.0.1:9/api', '--json'], env);
    expect(ran.code).toBe(1);
    expect(JSON.stringify(ran.json)).not.toContain('secret-word');
    expect(problem(ran).message).not.toMatch(/ECONN|undefined/);
  });

  test('a method this version does not have says so in words', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('add', file, samples);
    await cli('describe', file, describedIn('ok.json', description));
    await cli('check', file, '--fix');
    const ran = await cli('upload', file, '--method', 'chunked', '--json');
    expect(ran.code).toBe(1);
    expect(problem(ran).message).toMatch(/chunked transfer/);
  });

  test('by FTP into the secret folder, and on by the submission tool with what is there', async () => {
    await cli('create', file, '--destination', 'bia-annotations');
    await cli('add', file, samples);
    await cli('describe', file, describedIn('ok.json', description));
    await cli('check', file, '--fix');
    const byFtp = await cli('upload', file, '--method', 'ftp', '--json');
    expect(byFtp, byFtp.err).toMatchObject({ code: 0, json: { phase: 'uploaded' } });
    const byTool = await cli('upload', file, '--method', 'submission-tool', '--json');
    expect(byTool).toMatchObject({ code: 0, json: { phase: 'uploaded' } });
    await cli('receipt', file, '--out', home);
    const { files } = JSON.parse(readFileSync(join(home, 'receipt.json'), 'utf8')) as {
      files: { method: string; attempts: number }[];
    };
    // Nothing went twice because the method changed.
    expect(new Set(files.map(({ method, attempts }) => `${method} ${attempts}`))).toEqual(new Set(['ftp 1']));
  });
});
