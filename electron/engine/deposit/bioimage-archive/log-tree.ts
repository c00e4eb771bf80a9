/** What an answer that is not 2xx says. */
export interface ArchiveWords {
  /** For people; '' when there is nothing to read. */
  readonly words: string;
  /** True for the archive's own error form: its verdict, not a gateway's trouble. */
  readonly verdict: boolean;
}

const MOST_NODES = 5000;
const DEEPEST = 100;
const MOST_MESSAGES = 5;
const MOST_LINES = 12;
const LONGEST = 2000;

/** Nodes that only say that something below is wrong. */
const WRAPPERS = /^(submission validation errors|error processing submission|error[s]? found)\b/i;
/** Parts of a message that are of use to the archive's staff only. */
const FOR_STAFF = /^\s*(list of available sources:|for more information check\b)/i;

/**
 * Reads the body of an error answer. BioStudies tells errors as a tree whose leaves say what is wrong (REST error
 * form `{"status":"FAIL","log":{level,message,subnodes}}`), its security filter as `{"message"}`, and gateways as
 * HTML. The most telling messages come out, whatever the status was; a hostile or broken body gives few words or none.
 */
export function readArchiveError(text: string): ArchiveWords {
  const trimmed = text.trim();
  if (trimmed === '') return { words: '', verdict: false };
  if (trimmed.startsWith('<')) return { words: htmlWords(trimmed), verdict: false };
  const json = parse(trimmed);
  if (isRecord(json)) {
    if (isRecord(json.log)) {
      const words = treeWords(json.log);
      return { words, verdict: words !== '' };
    }
    const message = textOf(json.message) || textOf(json.error);
    return { words: message === '' ? '' : sentence(message), verdict: false };
  }
  return { words: json === undefined ? sentence(trimmed.slice(0, LONGEST)) : '', verdict: false };
}

function treeWords(root: Record<string, unknown>): string {
  const leaves: { message: string; error: boolean }[] = [];
  let budget = MOST_NODES;
  const walk = (node: Record<string, unknown>, depth: number): boolean => {
    if (budget-- <= 0 || depth > DEEPEST) return false;
    const children = Array.isArray(node.subnodes) ? node.subnodes.filter(isRecord) : [];
    let below = false;
    for (const child of children) below = walk(child, depth + 1) || below;
    const message = clean(textOf(node.message));
    if (below || message === '') return below;
    leaves.push({ message, error: !/^(info|debug|success)$/i.test(textOf(node.level)) });
    return !/^(info|debug|success)$/i.test(textOf(node.level));
  };
  walk(root, 0);
  const telling = leaves.filter(({ error }) => error);
  const chosen = telling.length > 0 ? telling : leaves;
  const specific = chosen.filter(({ message }) => !WRAPPERS.test(message));
  const messages = [...new Set((specific.length > 0 ? specific : chosen).map(({ message }) => message))];
  const shown = messages.slice(0, MOST_MESSAGES).map(sentence);
  if (messages.length > MOST_MESSAGES) shown.push(`And ${messages.length - MOST_MESSAGES} more.`);
  return shown.join('\n');
}

/** Lines trimmed, those for the archive's staff and all but the first dozen left out. */
function clean(message: string): string {
  const lines: string[] = [];
  for (const line of message.slice(0, LONGEST * 4).split(/\r?\n/)) {
    if (FOR_STAFF.test(line)) break;
    if (line.trim() !== '') lines.push(line.trim().replace(/\s+/g, ' '));
  }
  const shown = lines.slice(0, MOST_LINES);
  if (lines.length > MOST_LINES) shown.push(`… and ${lines.length - MOST_LINES} lines more`);
  return shown.join('\n').slice(0, LONGEST);
}

function htmlWords(html: string): string {
  const found =
    /<title[^>]*>([^<]*)<\/title>/i.exec(html.slice(0, 100_000)) ??
    /<h1[^>]*>([^<]*)<\/h1>/i.exec(html.slice(0, 100_000));
  const title = (found?.[1] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
  return title === ''
    ? 'A web page came back instead of an answer.'
    : `A web page came back instead: "${title}".`;
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?:…"]$/.test(trimmed) || trimmed.includes('\n') ? trimmed : `${trimmed}.`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
