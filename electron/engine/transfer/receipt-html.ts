import { formatBytes, formatCounted, formatExactBytes } from '../../../shared/rules/format-quantities.ts';
import type { SubmissionFile } from '../library/submission-file.ts';
import { receiptFiles, receiptHead, unconfirmedFiles } from './receipt.ts';

/** Rows that a browser shows without effort; the JSON form has them all. */
const MOST_ROWS = 20_000;

/** The page may do nothing: it is opened from a disk, years later, by somebody else. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

const STYLE = `
  :root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
  body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
  h1 { font-size: 1.4rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
  .practice { border: 2px solid #b45309; border-radius: 4px; padding: .5rem .75rem; margin: 1rem 0; font-weight: 600; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
  dt { opacity: .7; } dd { margin: 0; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
  th, td { border-bottom: 1px solid #8886; padding: .3rem .5rem; text-align: left; vertical-align: top; }
  td { overflow-wrap: anywhere; } td.n { text-align: right; white-space: nowrap; }
  code { font-size: 12px; }`;

/** The receipt as one HTML page that needs nothing else, in pieces. Everything that people typed is escaped. */
export function* receiptHtml(file: SubmissionFile, now: Date): Generator<string> {
  const head = receiptHead(file, now);
  const title = head.title === '' ? 'Untitled submission' : head.title;
  const missing = unconfirmedFiles(file);
  const facts: readonly (readonly [string, string])[] = [
    ['Accession', head.accession ?? 'none yet'],
    ['Archive', head.archive],
    ['Destination', head.destination],
    [
      'Files',
      `${formatCounted(head.totals.files, 'file')}, ${formatBytes(head.totals.bytes)} (${formatExactBytes(head.totals.bytes)})`,
    ],
    ['Submission', head.submission],
    ['Receipt made', head.createdAt],
  ];
  yield `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Receipt: ${escapeHtml(title)}</title>
<style>${STYLE}
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>Receipt of what the archive confirmed</p>
`;
  if (head.practice) {
    yield '<p class="practice">Practice: these files went to a practice archive. Nothing was deposited, and the accession is not a real one.</p>\n';
  }
  if (missing > 0) {
    yield `<p class="practice">Not complete: the archive has not confirmed ${formatCounted(missing, 'more file')}.</p>\n`;
  }
  yield `<dl>\n${facts.map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value)}</dd>\n`).join('')}</dl>\n`;
  yield '<table>\n<thead><tr><th>File</th><th>At the archive</th><th>Bytes</th><th>SHA-256</th><th>What the archive said</th><th>Confirmed (UTC)</th></tr></thead>\n<tbody>\n';
  let rows = 0;
  for (const one of receiptFiles(file)) {
    if (++rows > MOST_ROWS) break;
    yield `<tr><td>${escapeHtml(one.path)}</td><td>${escapeHtml(one.remotePath)}</td><td class="n">${one.size.toLocaleString('en')}</td>` +
      `<td><code>${escapeHtml(one.sha256)}</code></td><td>${escapeHtml(one.remoteProof)}</td><td>${escapeHtml(one.confirmedAt)}</td></tr>\n`;
  }
  yield '</tbody>\n</table>\n';
  if (rows > MOST_ROWS) {
    yield `<p>Only the first ${formatCounted(MOST_ROWS, 'file')} are shown. The receipt in JSON form has all of them.</p>\n`;
  }
  yield '</body>\n</html>\n';
}

/** Text that can stand in HTML content and in quoted attributes (HTML Living Standard, escaping a string). */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
