import { parseArgs } from 'node:util';

/** Wrong use of the command line: the program ends with 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

const options = {
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false },
  destination: { type: 'string' },
  archive: { type: 'string' },
  title: { type: 'string' },
  endpoint: { type: 'string' },
  method: { type: 'string' },
  'plain-ftp': { type: 'boolean', default: false },
  existing: { type: 'string' },
  fix: { type: 'boolean', default: false },
  all: { type: 'boolean', default: false },
  out: { type: 'string' },
  port: { type: 'string' },
  root: { type: 'string', multiple: true },
  fault: { type: 'string', multiple: true },
  file: { type: 'string' },
  links: { type: 'string' },
  settle: { type: 'string' },
  paths: { type: 'boolean', default: false },
  on: { type: 'string', multiple: true },
  off: { type: 'string', multiple: true },
  defaults: { type: 'boolean', default: false },
  depth: { type: 'string' },
  list: { type: 'string' },
  suggest: { type: 'boolean', default: false },
  accept: { type: 'string' },
  add: { type: 'string', multiple: true },
  rename: { type: 'string', multiple: true },
  remove: { type: 'string', multiple: true },
  column: { type: 'string', multiple: true },
  text: { type: 'string' },
  kind: { type: 'string' },
  sheet: { type: 'string' },
  key: { type: 'string' },
  report: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  'only-empty': { type: 'boolean', default: false },
  'clear-empty': { type: 'boolean', default: false },
} as const;

/** The options each command knows besides --json; any other is wrong use. */
const known: Record<string, readonly (keyof typeof options)[]> = {
  create: ['destination', 'archive', 'title'],
  add: [],
  scan: ['links', 'settle', 'paths'],
  skip: ['add', 'remove', 'on', 'off', 'defaults', 'paths'],
  template: [],
  describe: [],
  pairs: ['list', 'suggest', 'accept'],
  columns: ['add', 'rename', 'remove'],
  set: ['text', 'kind'],
  'export-table': ['out', 'text', 'kind', 'column'],
  'import-table': ['sheet', 'key', 'report', 'dry-run', 'only-empty', 'clear-empty'],
  check: ['fix', 'out'],
  'file-list': ['out'],
  items: [],
  group: ['all'],
  ungroup: [],
  pack: ['out'],
  'send-as': [],
  upload: ['endpoint', 'archive', 'method', 'plain-ftp', 'existing'],
  submit: ['endpoint', 'archive'],
  status: [],
  tree: ['depth'],
  receipt: ['out'],
  practice: ['port', 'fault', 'out'],
  rehearse: ['fault', 'file', 'method', 'out', 'existing'],
  samples: [],
  serve: ['root', 'port'],
  help: [],
};

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error));
  }
}

export type OptionValues = ReturnType<typeof parse>['values'];

export interface CommandLine {
  readonly command: string;
  readonly operands: readonly string[];
  readonly values: OptionValues;
}

/** Reads `COMMAND OPERANDS… --options`; throws {@link WrongUse} with a sentence for people. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const { positionals, values } = parse(argv);
  const [command = 'help', ...operands] = positionals;
  const allowed = known[command];
  if (!allowed) throw new WrongUse(`There is no command "${command}".`);
  for (const name of Object.keys(values) as (keyof typeof options)[]) {
    const given = values[name] !== undefined && values[name] !== false;
    if (given && !['json', 'help', 'version'].includes(name) && !allowed.includes(name)) {
      throw new WrongUse(`The command ${command} does not know --${name}.`);
    }
  }
  return { command, operands, values };
}

/** The operands by name; throws {@link WrongUse} when some are missing or left over. */
export function operands<const N extends readonly string[]>(
  line: CommandLine,
  ...names: N
): { [K in N[number]]: string } {
  if (line.operands.length !== names.length) {
    throw new WrongUse(`Use: slipway ${line.command} ${names.join(' ')}`);
  }
  return Object.fromEntries(names.map((name, at) => [name, line.operands[at] ?? ''])) as {
    [K in N[number]]: string;
  };
}

/** A port number, 0 to 65535. */
export function portOption(line: CommandLine, otherwise: number): number {
  const text = line.values.port;
  if (text === undefined) return otherwise;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535)
    throw new WrongUse(`--port takes a number from 0 to 65535, not "${text}".`);
  return port;
}
