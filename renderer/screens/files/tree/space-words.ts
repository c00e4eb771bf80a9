import type { SpacePart } from '../../../../shared/contract/tree-calls.ts';
import { formatBytes, formatCounted } from '../../../../shared/rules/format-quantities.ts';
import { kindTitle } from '../entry-words.ts';
import { lastName } from './place.ts';
import { share, shareWords } from './share.ts';

/** What an area is called. */
export function areaName(part: SpacePart): string {
  if (part.what === 'rest') return `${formatCounted(part.entries, 'smaller item')}`;
  return part.what === 'folder' && part.id !== 0 ? lastName(part.name) : part.name;
}

/** An area in words, for those who do not see it. */
export function areaWords(part: SpacePart, bytes: number): string {
  const what = part.what === 'folder' ? `folder, ${formatCounted(part.files, 'file')}` : kindTitle[part.kind];
  return [
    areaName(part),
    ...(part.what === 'rest' ? [] : [what]),
    formatBytes(part.bytes),
    shareWords(share(part.bytes, bytes)),
  ].join(', ');
}
