import type { FindingLevel, FindingPlace } from '../../../shared/model/finding.ts';
import { formatCount } from '../../../shared/rules/format-quantities.ts';
import type { FindingsReport, ReportedFinding } from './report.ts';

const levelWords: Record<FindingLevel, string> = {
  must: 'Must be fixed',
  should: 'Should be fixed',
  may: 'Worth a look',
};

/**
 * The page to read and to mail. Everything that comes from files or people is escaped and kept from turning the
 * direction of the text around it; the page forbids itself scripts and anything from elsewhere.
 */
export function reportHtml(report: FindingsReport): string {
  const title = report.title === '' ? report.fileName : report.title;
  const { must, should, may } = report.counts;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>Findings: ${escaped(visible(title))}</title>
<style>${style}</style>
</head>
<body>
<h1>${isolated(title)}</h1>
<p>${isolated(report.fileName)} for ${isolated(report.destination)}. ${checked(report.checkedAt)}</p>
<p><strong>${formatCount(must)}</strong> must be fixed, <strong>${formatCount(should)}</strong> should,
<strong>${formatCount(may)}</strong> may be worth a look.</p>
${(['must', 'should', 'may'] as const).map((level) => levelHtml(report, level)).join('')}
</body>
</html>
`;
}

function checked(at: string | null): string {
  return at === null
    ? 'Something was changed since the last check: check again for the present state.'
    : `Checked <time datetime="${escaped(at)}">${escaped(at.slice(0, 16).replace('T', ' '))} UTC</time>.`;
}

function levelHtml(report: FindingsReport, level: FindingLevel): string {
  const groups = report.groups.filter((group) => group.level === level);
  if (groups.length === 0) return '';
  return `<section>
<h2>${levelWords[level]}</h2>
${groups
  .map(
    (group) => `<article>
<h3>${formatCount(group.count)} ${isolated(group.title)}</h3>
<p>${isolated(group.reason)} <small>Rule: ${isolated(group.source)}</small></p>
<ul>
${group.findings.map(findingHtml).join('\n')}
</ul>
${group.unlisted > 0 ? `<p>… and ${formatCount(group.unlisted)} more.</p>` : ''}
</article>`,
  )
  .join('\n')}
</section>
`;
}

function findingHtml({ place, message, fix }: ReportedFinding): string {
  const change =
    fix && (fix.before !== '' || fix.after !== '')
      ? ` (${isolated(fix.before)} → ${isolated(fix.after)})`
      : '';
  const repair = fix ? `<br><small>${isolated(fix.title)}${change}</small>` : '';
  return `<li><code>${isolated(placeWords(place))}</code> ${isolated(message)}${repair}</li>`;
}

function placeWords(place: FindingPlace): string {
  if (place.kind === 'submission') return 'Submission';
  return place.kind === 'field' ? `${place.section} · ${place.label}` : place.path;
}

/** Text that cannot become markup. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** Escaped, and unable to turn the text around it. */
function isolated(text: string): string {
  return `<bdi>${escaped(visible(text))}</bdi>`;
}

/** Control and direction characters by their number: a name with U+202E would read `gpj.exe` as `exe.jpg`. */
function visible(text: string): string {
  return text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/gu, (character) => {
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `[U+${code}]`;
  });
}

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { border-bottom: 1px solid; margin-top: 2rem; }
h3 { margin-bottom: 0; }
article p { margin-top: 0; }
li { margin: .25rem 0; overflow-wrap: anywhere; }
small { opacity: .8; }
`;
