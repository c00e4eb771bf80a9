import { ArchiveError } from './archive-error.ts';

/** A name with a value that may be absent; a blank value counts as absent. */
export interface Detail {
  readonly name: string;
  readonly value: string | null;
}
export interface Attribute extends Detail {
  readonly reference: boolean;
  readonly nmqual: readonly Detail[];
  readonly valqual: readonly Detail[];
}
export interface Link {
  readonly url: string;
  readonly attributes: readonly Attribute[];
}
export interface PageFile {
  readonly path: string;
  readonly type: string;
  readonly attributes: readonly Attribute[];
}
/** A list inside a list is a table. */
export type OneOrTable<T> = T | readonly T[];
export interface Section {
  readonly accno: string | null;
  readonly type: string;
  readonly attributes: readonly Attribute[];
  readonly links: readonly OneOrTable<Link>[];
  readonly files: readonly OneOrTable<PageFile>[];
  readonly subsections: readonly OneOrTable<Section>[];
}
export interface Submission {
  readonly accno: string;
  readonly attributes: readonly Attribute[];
  readonly section: Section;
}

type Node = Record<string, unknown>;

/**
 * Reads PageTab JSON as the BioStudies backend does: attribute values are texts (a number or a boolean is refused),
 * unknown keys such as `sections` or `isReference` are passed over in silence, and a root `ReleaseDate` is needed.
 * Throws ArchiveError 500, the status JSON faults have at the source.
 */
export function readPageTab(value: unknown): Submission {
  const node = isNode(value) ? value : {};
  const attributes = list(node, 'attributes', readAttribute);
  const releaseDate = attributes.find((attribute) => attribute.name.toLowerCase() === 'releasedate');
  if (!releaseDate?.value) throw notCreated('ReleaseDate is required');
  return {
    accno: text(node, 'accno') ?? '',
    attributes,
    section: isNode(node.section) ? readSection(node.section) : readSection({}),
  };
}

/** The value of the first attribute of a name, case included; null when absent or empty. */
export function attributeOf(
  holder: { readonly attributes: readonly Attribute[] },
  name: string,
): string | null {
  return holder.attributes.find((attribute) => attribute.name === name)?.value ?? null;
}

/** Every section of a submission, the root section first. Sections inside a table are taken, those below them not. */
export function allSections(submission: Submission): Section[] {
  const below = (section: Section): Section[] =>
    section.subsections.flatMap((item) => (isTable(item) ? [...item] : [item, ...below(item)]));
  return [submission.section, ...below(submission.section)];
}

/** Tells a table from a single item. */
export function isTable<T>(item: OneOrTable<T>): item is readonly T[] {
  return Array.isArray(item);
}

function readSection(node: Node): Section {
  return {
    accno: text(node, 'accno'),
    type: text(node, 'type') ?? '',
    attributes: list(node, 'attributes', readAttribute),
    links: list(node, 'links', oneOrTable('Link', readLink)),
    files: list(node, 'files', oneOrTable('BioFile', readFile)),
    subsections: list(node, 'subsections', oneOrTable('Section', readSection)),
  };
}

function readAttribute(node: Node): Attribute {
  const { name, value } = readDetail(node);
  if (name.trim() === '') throw notCreated('Attribute name is required');
  return {
    name,
    value,
    reference: node.reference === true || node.reference === 'true',
    nmqual: list(node, 'nmqual', readDetail),
    valqual: list(node, 'valqual', readDetail),
  };
}

function readDetail(node: Node): Detail {
  const value = text(node, 'value');
  return { name: requiredText(node, 'name'), value: value?.trim() ? value : null };
}

function readLink(node: Node): Link {
  const url = requiredText(node, 'url');
  if (url.trim() === '') throw notCreated('Link Url is required');
  return { url, attributes: list(node, 'attributes', readAttribute) };
}

/** Reads a file of a section, or a row of a JSON file list: both have the same form. */
export function readFile(node: Node): PageFile {
  const path = requiredText(node, 'path');
  if (path.trim() === '') throw notCreated('File Path is required');
  return {
    path,
    type: text(node, 'type') ?? 'file',
    attributes: list(node, 'attributes', readAttribute),
  };
}

function oneOrTable<T>(name: string, read: (node: Node) => T): (item: unknown) => OneOrTable<T> {
  return (item) => {
    if (!Array.isArray(item)) return read(asNode(item));
    if (item.length === 0) throw new ArchiveError(500, `${name} tables can't be empty`);
    return item.map((row) => read(asNode(row)));
  };
}

function list<T>(node: Node, property: string, read: (item: Node) => T): T[] {
  const value = node[property];
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw wrongType(node, property, 'ArrayNode', value);
  return value.map((item: unknown) => read(item as Node));
}

function text(node: Node, property: string): string | null {
  const value = asNode(node)[property];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw wrongType(node, property, 'TextNode', value);
  return value;
}

function requiredText(node: Node, property: string): string {
  const value = text(node, property);
  if (value !== null) return value;
  throw new ArchiveError(
    500,
    `Expecting to find property with '${property}' in node '${JSON.stringify(node)}'`,
  );
}

function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(node: Node, property: string, expected: string, value: unknown): ArchiveError {
  const found = Array.isArray(value) ? 'ArrayNode' : (nodeNames[typeof value] ?? numberName(value));
  const where = `Expecting node: '${JSON.stringify(node)}', property: '${property}'`;
  return new ArchiveError(500, `${where} to be of type '${expected}' but '${found}' was found instead`);
}

const nodeNames: Readonly<Record<string, string>> = {
  string: 'TextNode',
  boolean: 'BooleanNode',
  object: 'ObjectNode',
};

function numberName(value: unknown): string {
  return Number.isInteger(value) ? 'IntNode' : 'DoubleNode';
}

function notCreated(message: string): ArchiveError {
  return new ArchiveError(500, `${message}. Element was not created.`);
}
