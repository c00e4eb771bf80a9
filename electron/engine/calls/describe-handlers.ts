import type { describeCalls } from '../../../shared/contract/describe-calls.ts';
import type { EngineContext } from '../context.ts';
import {
  addBlock,
  fillDescription,
  metadataOf,
  moveBlock,
  removeBlock,
  setField,
} from '../library/description.ts';
import { fillExample } from '../library/description-example.ts';
import type { HandlersOf } from './handlers.ts';

export function describeHandlers({ file, changed }: EngineContext): HandlersOf<typeof describeCalls> {
  const edited = (id: string) => changed(id, 'metadata', 'summary');
  return {
    'describe.get': ({ id }) => ({ metadata: metadataOf(file(id)) }),
    'describe.set': ({ id, section, block, field, value }) => {
      setField(file(id), { section, block, field, value });
      edited(id);
      return {};
    },
    'describe.addBlock': ({ id, section, copyOf }) => {
      const block = addBlock(file(id), section, copyOf);
      edited(id);
      return { block };
    },
    'describe.removeBlock': ({ id, section, block }) => {
      removeBlock(file(id), section, block);
      edited(id);
      return {};
    },
    'describe.moveBlock': ({ id, section, block, to }) => {
      moveBlock(file(id), section, block, to);
      edited(id);
      return {};
    },
    'describe.fillExample': ({ id }) => {
      const filled = fillExample(file(id));
      edited(id);
      return { filled };
    },
    'describe.fill': ({ id, json }) => {
      const filled = fillDescription(file(id), json);
      edited(id);
      return { filled };
    },
  };
}
