import {
  type Attribute,
  type Detail,
  isTable,
  type OneOrTable,
  type Section,
  type Submission,
} from './pagetab.ts';

/** Writes a submission as PageTab JSON; what is empty is left out, as BioStudies does. */
export function pageTabJson(submission: Submission): unknown {
  return {
    ...(submission.accno === '' ? {} : { accno: submission.accno }),
    ...attributesJson(submission),
    section: sectionJson(submission.section),
    type: 'submission',
  };
}

function sectionJson(section: Section): unknown {
  const items = <T>(name: string, list: readonly OneOrTable<T>[], write: (item: T) => unknown) =>
    list.length === 0 ? {} : { [name]: list.map((item) => (isTable(item) ? item.map(write) : write(item))) };
  return {
    ...(section.accno === null ? {} : { accno: section.accno }),
    type: section.type,
    ...attributesJson(section),
    ...items('links', section.links, (link) => ({ url: link.url, ...attributesJson(link) })),
    ...items('files', section.files, (file) => ({
      path: file.path,
      type: file.type,
      ...attributesJson(file),
    })),
    ...items('subsections', section.subsections, sectionJson),
  };
}

function attributesJson(holder: { readonly attributes: readonly Attribute[] }): object {
  const detail = ({ name, value }: Detail) => (value === null ? { name } : { name, value });
  if (holder.attributes.length === 0) return {};
  return {
    attributes: holder.attributes.map((attribute) => ({
      ...detail(attribute),
      ...(attribute.reference ? { reference: true } : {}),
      ...(attribute.nmqual.length === 0 ? {} : { nmqual: attribute.nmqual.map(detail) }),
      ...(attribute.valqual.length === 0 ? {} : { valqual: attribute.valqual.map(detail) }),
    })),
  };
}

/**
 * Writes a submission as PageTab TSV: blocks with a blank line between them, `<name>` for a reference, `(x)` and
 * `[x]` for qualifiers, quotes around values that hold a tab, a line end or a quote. Tables become single blocks
 * one after the other, which means the same.
 */
export function pageTabTsv(submission: Submission): string {
  const blocks = [[`Submission\t${submission.accno}`, ...attributeLines(submission.attributes)]];
  const addSection = (section: Section, parent: string | null) => {
    const head = [section.type, section.accno ?? '', parent ?? ''];
    while (head.length > 1 && head.at(-1) === '') head.pop();
    blocks.push([head.join('\t'), ...attributeLines(section.attributes)]);
    for (const link of flat(section.links))
      blocks.push([line('Link', link.url), ...attributeLines(link.attributes)]);
    for (const file of flat(section.files))
      blocks.push([line('File', file.path), ...attributeLines(file.attributes)]);
    for (const inner of flat(section.subsections)) addSection(inner, section.accno);
  };
  addSection(submission.section, null);
  return blocks.map((block) => `${block.join('\n')}\n`).join('\n');
}

function flat<T>(items: readonly OneOrTable<T>[]): T[] {
  return items.flatMap((item) => (isTable(item) ? [...item] : [item]));
}

function attributeLines(attributes: readonly Attribute[]): string[] {
  return attributes.flatMap((attribute) => [
    line(attribute.reference ? `<${attribute.name}>` : attribute.name, attribute.value),
    ...attribute.nmqual.map((detail) => line(`(${detail.name})`, detail.value)),
    ...attribute.valqual.map((detail) => line(`[${detail.name}]`, detail.value)),
  ]);
}

function line(name: string, value: string | null): string {
  return `${name}\t${value !== null && /[\n\t"]/.test(value) ? `"${value}"` : (value ?? '')}`;
}
