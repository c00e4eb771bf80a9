import type { Section } from '../../../shared/destinations/profile.ts';
import type { Block } from '../../../shared/model/metadata.ts';
import { textOf } from './controls/control-props.ts';

/** What a block is called: its naming field, or "contact 2". */
export function blockName(section: Section, block: Block, index: number): string {
  const named = textOf(block.values[section.titleField]).trim();
  return named || `${section.one} ${index + 1}`;
}
