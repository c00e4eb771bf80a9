import { startPracticeArchive } from './practice-archive.ts';

// An archive in a process of its own, for tests that kill it: node crash-child.ts FOLDER SAVING_MS PROCESSING_MS
const [folder = '', savingMs, processingMs] = process.argv.slice(2);
const archive = await startPracticeArchive({
  folder,
  savingMs: Number(savingMs),
  processingMs: Number(processingMs),
});
process.stdout.write(`${JSON.stringify({ url: archive.url, account: archive.account })}\n`);
