import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Metadata } from '../../../shared/model/metadata.ts';
import { Problem } from '../../../shared/model/problem.ts';
import { eachFinding } from '../library/findings.ts';
import { beginSubmission } from '../library/new-submission.ts';
import { addSource } from '../library/sources.ts';
import { SubmissionFile } from '../library/submission-file.ts';
import { scanSources } from '../scan/scan.ts';
import type { ReadImage } from './image-readings.ts';
import { type CheckParts, runChecks } from './run-checks.ts';

/** A reader that knows no image. */
export const readsNothing: ReadImage = async (path) => {
  throw new Problem('cannot-read-image', `Slipway cannot show "${path}".`, { cause: 'It is no image.' });
};

/** A submission with a folder of small files, looked through. Call `remove` when done. */
export async function submissionWith(files: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-check-'));
  const data = join(folder, 'data');
  mkdirSync(data);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(data, path)), { recursive: true });
    writeFileSync(join(data, path), content);
  }
  const file = SubmissionFile.create(join(folder, 'test.slipway'));
  beginSubmission(file, { title: '', destination: 'bia-annotations', archive: 'practice' });
  addSource(file, data);
  await scanSources(file, { settleMs: 0 });
  return {
    file,
    data,
    idOf(path: string): number {
      const found = file.get<{ id: number }>('SELECT id FROM entry WHERE path = ?', path);
      if (!found) throw new Error(`No entry ${path}.`);
      return found.id;
    },
    describe(metadata: Metadata): void {
      file.run('UPDATE metadata SET document = ?', JSON.stringify(metadata));
    },
    check(parts: Partial<CheckParts> = {}) {
      const signal = new AbortController().signal;
      return runChecks(file, { readImage: readsNothing, ...parts }, { signal, progress: () => {} });
    },
    /** The findings as `rule path-or-field`. */
    found(): string[] {
      return Array.from(eachFinding(file), ({ rule, place }) => {
        if (place.kind === 'submission') return rule;
        return `${rule} ${place.kind === 'field' ? `${place.section}.${place.field}` : place.path}`;
      });
    },
    remove(): void {
      file.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A description in which nothing is wrong on 2026-11-20. */
export function rightMetadata(releaseDate: string): Metadata {
  return {
    study: [
      {
        id: 's',
        values: {
          title: 'Nuclear segmentation masks of zebrafish hearts',
          description: 'Masks.',
          releaseDate,
          keywords: ['nuclei'],
          acknowledgements: 'We thank.',
        },
      },
    ],
    contacts: [
      {
        id: 'c',
        values: {
          name: 'Ada Lovelace',
          email: 'ada@example.org',
          organisations: [{ name: 'Some Institute' }],
          role: 'submitter',
          orcid: '0000-0002-1825-0097',
        },
      },
    ],
    links: [{ id: 'l', values: { link: 'S-BIAD634', description: 'Images' } }],
    annotations: [
      {
        id: 'a',
        values: {
          title: 'Masks',
          overview: 'What.',
          type: 'segmentation_mask',
          method: 'How.',
          confidence: 'High.',
          criteria: 'All.',
          coverage: 'All.',
        },
      },
    ],
    publications: [],
    fundings: [],
  };
}
