import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { startTrialArchive, type TrialArchive } from './practice-driver.ts';

interface Parts {
  date?: string | null;
  attachTo?: string;
  lists?: string[];
  root?: Record<string, unknown>;
  files?: object[];
}

function pageTab(parts: Parts = {}) {
  const { date = '2099-01-31', attachTo = 'BioImages', lists = [], root = {}, files = [] } = parts;
  const attributes = Object.entries({ Title: 'Masks', AttachTo: attachTo, ...root });
  if (date !== null) attributes.push(['ReleaseDate', date]);
  return {
    type: 'submission',
    attributes: attributes.map(([name, value]) => ({ name, value })),
    section: {
      type: 'Study',
      attributes: [{ name: 'Title', value: 'Masks of nuclei' }],
      ...(files.length === 0 ? {} : { files }),
      subsections: lists.map((value) => ({ type: 'Annotation', attributes: [{ name: 'File List', value }] })),
    },
  };
}

const sourcesNote = '\nList of available sources:\n  - practice@slipway.example user files';

async function refused(trial: TrialArchive, content: unknown) {
  const { key, reply } = await trial.submit(content);
  const draft = await trial.request('GET', `/submissions/drafts/${key}`);
  expect(draft.json).toMatchObject({ key, content });
  const tree = reply.json as { log: { message: string; subnodes: { message: string }[] } };
  return {
    status: reply.status,
    message: tree.log.message,
    causes: tree.log.subnodes.map((node) => node.message),
  };
}

describe('what is refused at once', () => {
  it('a date in the past, a date that is none', async () => {
    await using trial = await startTrialArchive();
    expect(await refused(trial, pageTab({ date: '2020-01-01' }))).toEqual({
      status: 400,
      message: 'Submission validation errors',
      causes: ['Release date cannot be in the past'],
    });
    expect(await refused(trial, pageTab({ date: '31.1.2099' }))).toMatchObject({
      status: 400,
      causes: ['Provided date 31.1.2099 could not be parsed. Expected format is YYYY-MM-DD'],
    });
  });

  it('no ReleaseDate, values that are no text', async () => {
    await using trial = await startTrialArchive();
    expect(await refused(trial, pageTab({ date: null }))).toMatchObject({
      status: 500,
      message: 'ReleaseDate is required. Element was not created.',
    });
    const numbers = await refused(trial, pageTab({ root: { Year: 2026 } }));
    expect(numbers).toMatchObject({
      status: 500,
      message: expect.stringContaining("'IntNode' was found instead"),
    });
  });

  it('a collection that is not known', async () => {
    await using trial = await startTrialArchive();
    expect(await refused(trial, pageTab({ attachTo: 'Elsewhere' }))).toMatchObject({
      status: 500,
      message: "The collection 'Elsewhere' was not found",
    });
    const draft = await trial.request('POST', '/submissions/drafts?attachTo=Elsewhere', pageTab());
    expect(draft).toMatchObject({
      status: 500,
      json: {
        log: {
          message: 'The user practice@slipway.example is not allowed to submit to Elsewhere collection',
        },
      },
    });
  });

  it('a DOI without what it needs', async () => {
    await using trial = await startTrialArchive();
    expect(await refused(trial, pageTab({ root: { DOI: 'true' } }))).toMatchObject({
      status: 400,
      message: 'Submission validation errors',
      causes: ["The required DOI field 'Organization' could not be found"],
    });
  });

  it('file lists that are wrong', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('l', {
      'bom.tsv': '\uFEFFFiles\na\n',
      'row.tsv': 'Files\tX\na\t1\n\n\t2\n',
      'empty.tsv': 'Files\tX\n',
      'a.csv': 'Files\na\n',
      'a.xlsx': 'x',
    });
    const cases: [string, number, string, string[]][] = [
      [
        'l/bom.tsv',
        400,
        "Problem processing file list 'l/bom.tsv': First header value should be 'Files'. Element was not created.",
        [],
      ],
      [
        'l/row.tsv',
        400,
        "Problem processing file list 'l/row.tsv': Error at row 3: File Path is required. Element was not created.",
        [],
      ],
      [
        'l/empty.tsv',
        400,
        'Submission validation errors',
        ["Problem processing file list 'empty.tsv': A file list should contain at least one file"],
      ],
      ['l/a.csv', 415, 'Unsupported pagetab format: csv', []],
      ['l/a.xlsx', 501, 'This practice archive does not read XLSX file lists; write the list as TSV.', []],
      ['l/none.tsv', 500, `The following files could not be found:\n  - l/none.tsv${sourcesNote}`, []],
      [
        'l/no+.tsv',
        500,
        expect.stringContaining(
          'The given file path contains invalid characters: l/no+.tsv',
        ) as unknown as string,
        [],
      ],
    ];
    for (const [list, status, message, causes] of cases) {
      expect(await refused(trial, pageTab({ lists: [list] }))).toEqual({ status, message, causes });
    }
  });

  it('missing files, when the archive is set up to look at once', async () => {
    await using trial = await startTrialArchive({ fileChecks: 'at-submit' });
    await trial.upload('', { 'l.tsv': 'Files\nhere.tif\ngone.tif\n', 'here.tif': '' });
    const message = `The following files could not be found:\n  - gone.tif\nReferenced in file list: l.tsv${sourcesNote}`;
    expect(await refused(trial, pageTab({ lists: ['l.tsv'] }))).toEqual({
      status: 400,
      message: 'Submission validation errors',
      causes: [message],
    });
    const errors = await trial.request('GET', '/submissions/requests/S-BIAD900000/1/errors');
    expect(errors.json).toEqual([message]);
    const status = await trial.request('GET', '/submissions/requests/S-BIAD900000/1/status');
    expect(status.text).toBe('"DRAFT"');
  });
});

describe('what is found while processing', () => {
  async function invalid(trial: TrialArchive, content: unknown) {
    const { key, reply } = await trial.submit(content);
    expect(reply).toMatchObject({ status: 200, text: '' });
    return { key, ...(await trial.outcome(key)) };
  }

  it('is told for missing files and bad paths', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', {
      'missing.tsv': 'Files\nhere.tif\ngone.tif\nalso-gone.tif\n',
      'bad.tsv': 'Files\nhere.tif\na+b.tif\n',
      'here.tif': '',
    });
    expect(await invalid(trial, pageTab({ lists: ['missing.tsv'] }))).toMatchObject({
      status: 'INVALID',
      errors: [
        `The following files could not be found:\n  - gone.tif\nReferenced in file list: missing.tsv${sourcesNote}`,
      ],
    });
    expect(await invalid(trial, pageTab({ lists: ['bad.tsv'] }))).toMatchObject({
      status: 'INVALID',
      errors: [
        expect.stringContaining('contains invalid characters: a+b.tif\nReferenced in file list: bad.tsv'),
      ],
    });
    expect(await invalid(trial, pageTab({ files: [{ path: 'nowhere.tif' }] }))).toMatchObject({
      errors: [`The following files could not be found:\n  - nowhere.tif${sourcesNote}`],
    });
  });

  it('is kept back for a folder named beside a file inside it', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('set', { 'a.tif': '' });
    await trial.upload('', { 'l.tsv': 'Files\nset\nset/a.tif\n', 'ok.tsv': 'Files\nset\n' });
    expect(await invalid(trial, pageTab({ lists: ['l.tsv'] }))).toMatchObject({
      status: 'INVALID',
      errors: ['Unknown processing error. Please contact Admin.'],
    });
    expect(await invalid(trial, pageTab({ lists: ['ok.tsv'] }))).toMatchObject({ status: 'PROCESSED' });
    const apart = pageTab({ lists: ['ok.tsv'], files: [{ path: 'set/a.tif' }] });
    expect(await invalid(trial, apart)).toMatchObject({ status: 'INVALID' });
  });

  it('can be mended and handed in again under the same accession', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', { 'l.tsv': 'Files\nlate.tif\n' });
    const { key } = await invalid(trial, pageTab({ lists: ['l.tsv'] }));
    await trial.upload('', { 'late.tif': 'x' });
    expect((await trial.request('GET', `/submissions/drafts/${key}`)).status).toBe(200);
    expect((await trial.request('POST', `/submissions/drafts/${key}/submit`)).status).toBe(200);
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED', errors: [] });
  });
});

describe('a submission that is right', () => {
  it('ends with PageTab and converted lists, and no copy of the data', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('m', { 'a.tif': 'abc', 'masks.tsv': 'Files\tSource Image\nm/a.tif\tim.tif\n' });
    const { key } = await trial.submit(pageTab({ lists: ['m/masks.tsv'] }));
    expect(key).toMatch(/^S-BIAD9\d{5}$/);
    expect(await trial.outcome(key)).toMatchObject({
      status: 'PROCESSED',
      title: 'Masks of nuclei',
      accno: key,
      displayAccNo: key,
    });
    expect((await trial.request('GET', `/submissions/requests/${key}/1/status`)).text).toBe(
      '"POST_PROCESSED"',
    );

    const kept = path.join(trial.folder, 'submissions', key);
    const files = (await readdir(kept, { recursive: true, withFileTypes: true })).filter((item) =>
      item.isFile(),
    );
    expect(files.map((file) => file.name).sort()).toEqual([`${key}.json`, 'masks.json']);
    expect(JSON.parse(await readFile(path.join(kept, 'Files/m/masks.json'), 'utf8'))).toEqual([
      { path: 'm/a.tif', size: 3, type: 'file', attributes: [{ name: 'Source Image', value: 'im.tif' }] },
    ]);
    const json = await trial.request('GET', `/submissions/${key}.json`);
    expect(json.text).toContain('"File List","value":"m/masks.json"');
    expect((await trial.request('GET', `/submissions/${key}.tsv`)).text).toContain(`Submission\t${key}\n`);
    expect((await trial.request('GET', '/submissions/S-BIAD1.json')).status).toBe(404);
  });

  it('looks for everything below RootPath, the list too', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('root', { 'l.tsv': 'Files\nset/a.tif\n', 'set/a.tif': 'x' });
    const { key } = await trial.submit(pageTab({ lists: ['l.tsv'], root: { RootPath: 'root' } }));
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    expect((await trial.validate('l.tsv', { rootPath: 'root' })).status).toBe(200);
    expect((await trial.validate('l.tsv', { rootPath: 'other' })).text).toContain('user files in /other');
  });

  it('gets its DOI, and keeps it', async () => {
    await using trial = await startTrialArchive();
    const content = pageTab({ root: { DOI: 'true' } });
    const organisation = { type: 'organisation', accno: 'o1', attributes: [{ name: 'Name', value: 'I' }] };
    const { key } = await trial.submit({
      ...content,
      section: { ...content.section, subsections: [organisation] },
    });
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    const draft = await trial.request('GET', `/submissions/drafts/${key}`);
    expect(draft.json).toMatchObject({ key, displayKey: key, newSubmission: false });
    expect(draft.text).toContain(`10.6019/${key}`);
    expect((await trial.request('POST', `/submissions/drafts/${key}/submit`)).status).toBe(200);
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    expect((await trial.request('GET', `/submissions/requests/${key}/2/status`)).text).toBe(
      '"POST_PROCESSED"',
    );
  });

  it('takes a new version whose files are known from the one before', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', { 'l.tsv': 'Files\na.tif\n', 'a.tif': 'x' });
    const { key } = await trial.submit(pageTab({ lists: ['l.tsv'] }));
    await trial.outcome(key);
    for (const fileName of ['l.tsv', 'a.tif'])
      await trial.request('POST', '/files/user/delete', { path: '', fileName });
    await trial.request('GET', `/submissions/drafts/${key}`);
    const reply = await trial.request(
      'POST',
      `/submissions/drafts/${key}/submit?preferredSources=SUBMISSION`,
    );
    expect(reply.status).toBe(200);
    expect(await trial.outcome(key)).toMatchObject({ status: 'PROCESSED' });
    expect((await trial.validate('l.json', { accNo: key })).status).toBe(200);
  });

  it('blocks its draft while it is being processed', async () => {
    await using trial = await startTrialArchive({ processingMs: 60_000 });
    const { key, reply } = await trial.submit(pageTab());
    expect(reply.status).toBe(200);
    const blocked = `Request '${key}' is being processed. Submission request draft operations are blocked.`;
    for (const [method, where] of [
      ['POST', `/submissions/drafts/${key}/submit`],
      ['PUT', `/submissions/drafts/${key}`],
      ['GET', `/submissions/drafts/${key}`],
    ] as const) {
      const answer = await trial.request(method, where, method === 'PUT' ? pageTab() : undefined);
      expect(answer).toMatchObject({ status: 500, json: { log: { message: blocked } } });
    }
    expect((await trial.request('GET', '/submissions')).json).toMatchObject([
      {
        accno: key,
        displayAccNo: expect.stringMatching(/^\d\d-\d\d-\d{4}:\d\d:\d\d$/),
        newSubmission: true,
        status: 'PROCESSING',
      },
    ]);
    const again = await trial.request('POST', '/submissions/async', { ...pageTab(), accno: key });
    expect(again.text).toContain(`Submission with '${key}' is currently being processed.`);
    expect((await trial.request('DELETE', `/submissions/${key}`)).status).toBe(500);
  });

  it('is handed in directly, at once or waiting', async () => {
    await using trial = await startTrialArchive();
    const direct = await trial.request('POST', '/submissions/async', pageTab(), {
      submission_type: 'application/json',
    });
    expect(direct.json).toEqual({ accNo: 'S-BIAD900000', version: 1 });
    expect(await trial.outcome('S-BIAD900000')).toMatchObject({ status: 'PROCESSED' });
    expect((await trial.request('POST', '/submissions', pageTab())).json).toMatchObject({
      accno: 'S-BIAD900001',
    });
    const own = await trial.request('POST', '/submissions/async', { ...pageTab(), accno: 'S-BIAD5' });
    expect(own.text).toContain('is not allowed to provide accession number directly');
    const draft = await trial.request('POST', '/submissions/drafts?attachTo=BioImages', pageTab());
    const waited = await trial.request(
      'POST',
      `/submissions/drafts/${(draft.json as { key: string }).key}/submit/sync`,
    );
    expect(waited.json).toMatchObject({ accno: 'S-BIAD900002' });
    const tsv = await trial.request('POST', '/submissions/async', 'Submission\n', {
      submission_type: 'text/plain',
    });
    expect(tsv.status).toBe(501);
  });

  it('is deleted while it is not public', async () => {
    await using trial = await startTrialArchive();
    const today = new Date().toISOString().slice(0, 10);
    const [hidden, open] = [await trial.submit(pageTab()), await trial.submit(pageTab({ date: today }))];
    for (const { key } of [hidden, open]) await trial.outcome(key);
    expect((await trial.request('DELETE', `/submissions/${hidden.key}`)).status).toBe(200);
    expect((await trial.request('GET', `/submissions/${hidden.key}.json`)).status).toBe(404);
    expect(await trial.request('GET', `/submissions/${hidden.key}`)).toMatchObject({ status: 200, text: '' });
    expect((await trial.request('DELETE', `/submissions/${open.key}`)).text).toContain(
      `is not allowed to delete the submission ${open.key}`,
    );
  });
});

describe('drafts', () => {
  it('are kept as they are, listed, changed and discarded', async () => {
    await using trial = await startTrialArchive();
    const made = await trial.request('POST', '/submissions/drafts?attachTo=BioImages', {
      anything: [1, true],
    });
    const { key } = made.json as { key: string };
    expect(made.json).toEqual({
      key,
      displayKey: expect.stringMatching(/^\d\d-\d\d-\d{4}:\d\d:\d\d$/),
      newSubmission: true,
      content: { anything: [1, true] },
      modificationTime: expect.any(String),
    });
    await trial.request('PUT', `/submissions/drafts/${key}`, pageTab());
    expect((await trial.request('GET', `/submissions/drafts/${key}/content`)).json).toEqual(pageTab());
    expect((await trial.request('GET', '/submissions/drafts')).json).toMatchObject([{ key }]);
    expect((await trial.request('DELETE', `/submissions/drafts/${key}`)).status).toBe(200);
    expect((await trial.request('GET', '/submissions/drafts')).json).toEqual([]);
    expect((await trial.request('GET', `/submissions/drafts/${key}`)).status).toBe(500);
    expect((await trial.request('POST', '/submissions/drafts', 'no json')).status).toBe(500);
  });

  it('come in pages of 15', async () => {
    await using trial = await startTrialArchive();
    for (let made = 0; made < 17; made += 1)
      await trial.request('POST', '/submissions/drafts?attachTo=BioImages', {});
    const count = async (query: string) =>
      ((await trial.request('GET', `/submissions/drafts${query}`)).json as unknown[]).length;
    expect(await count('')).toBe(15);
    expect(await count('?offset=15')).toBe(2);
    expect(await count('?limit=3&offset=1')).toBe(3);
  });

  it('never get an accession twice, however many ask at once', async () => {
    await using trial = await startTrialArchive();
    const make = async () =>
      (await trial.request('POST', '/submissions/drafts?attachTo=BioImages', {})).json as { key: string };
    const first = await make();
    await trial.request('DELETE', `/submissions/drafts/${first.key}`);
    const keys = (await Promise.all(Array.from({ length: 20 }, make))).map((draft) => draft.key);
    expect(new Set([first.key, ...keys]).size).toBe(21);
    expect(Math.min(...keys.map((key) => Number(key.slice(6))))).toBe(900_001);
    expect((await trial.request('POST', '/submissions/drafts', {})).json).toMatchObject({
      key: 'S-BSST900021',
    });
  });
});

describe('the checks of the server', () => {
  it('validate a list with every missing file', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('', {
      'ok.tsv': "Files\nset 1/(a)!'*.tif\nset 1//b.tif\nset 1\n",
      'missing.tsv': 'Files\nx.tif\nset 1/b.tif\n/set 1/b.tif\ny.tif\n',
      'bad.tsv': 'Files\nx.tif\né.tif\n',
      'head.tsv': 'files\nx\n',
      'row.tsv': 'Files\tX\n\t1\n',
      'empty.tsv': 'Files\n',
      'blank.json': '',
      'list.json': '[{"path":"set 1/b.tif"}]',
    });
    await trial.upload('set 1', { "(a)!'*.tif": '', 'b.tif': '' });
    const answer = async (name: string) => {
      const { status, json } = await trial.validate(name);
      return [status, (json as { log: { message: string } } | undefined)?.log.message];
    };
    expect(await answer('ok.tsv')).toEqual([200, undefined]);
    expect(await answer('list.json')).toEqual([200, undefined]);
    expect(await answer('missing.tsv')).toEqual([
      500,
      `The following files could not be found:\n  - x.tif\n  - /set 1/b.tif\n  - y.tif${sourcesNote}`,
    ]);
    expect(await answer('bad.tsv')).toEqual([
      500,
      expect.stringContaining('contains invalid characters: é.tif'),
    ]);
    expect(await answer('head.tsv')).toEqual([
      500,
      "First header value should be 'Files'. Element was not created.",
    ]);
    expect(await answer('row.tsv')).toEqual([
      500,
      'Error at row 2: File Path is required. Element was not created.',
    ]);
    expect(await answer('empty.tsv')).toEqual([
      400,
      "Problem processing file list 'empty.tsv': A file list should contain at least one file",
    ]);
    expect(await answer('blank.json')).toEqual([500, 'Expected content to be an array']);
    expect(await answer('set 1')).toEqual([415, 'Unsupported pagetab format: set 1']);
    expect((await trial.request('POST', '/submissions/fileLists/validate')).status).toBe(400);
  });

  it('tell at most 1000 missing files', async () => {
    await using trial = await startTrialArchive();
    const rows = Array.from({ length: 1500 }, (_value, index) => `f${index}.tif`);
    await trial.upload('', { 'l.tsv': ['Files', ...rows].join('\n') });
    expect((await trial.validate('l.tsv')).text.match(/ {2}- f\d+\.tif/g)).toHaveLength(1000);
  });

  it('refuse a folder as a list', async () => {
    await using trial = await startTrialArchive();
    await trial.upload('folder.tsv', { x: '' });
    expect(await trial.validate('folder.tsv')).toMatchObject({
      status: 400,
      json: {
        log: { message: "Problem processing file list 'folder.tsv': A directory can't be used as File List" },
      },
    });
  });

  it('read and convert PageTab and lists', async () => {
    await using trial = await startTrialArchive();
    const check = (query: string, body: unknown) =>
      trial.request('POST', `/submissions/check-pagetab${query}`, body);
    expect((await check('?source=json&target=tsv', pageTab())).text).toContain('Title\tMasks of nuclei');
    expect((await check('?source=json&target=json', pageTab({ date: null }))).status).toBe(500);
    expect((await check('?source=xml&target=json', pageTab())).status).toBe(415);
    expect((await check('?source=tsv&target=json', 'x')).status).toBe(501);
    expect((await check('-file-list?source=tsv&target=json', 'Files\tX\na\t1\n')).json).toMatchObject([
      { path: 'a' },
    ]);
    expect((await check('-file-list?source=json&target=tsv', '[{"path":"a"}]')).text).toBe('Files\na\n');
    expect((await check('-file-list?source=tsv&target=json', 'Files\t\na\n')).text).toContain(
      'Attribute name is required',
    );
  });

  it('name the collection one may submit to', async () => {
    await using trial = await startTrialArchive();
    expect((await trial.request('GET', '/collections')).json).toEqual([
      { accno: 'BioImages', title: 'BioImages' },
    ]);
  });
});
