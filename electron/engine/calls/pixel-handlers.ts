import type { pixelCalls } from '../../../shared/contract/pixel-calls.ts';
import type { EngineContext } from '../context.ts';
import { localPath } from '../library/entries.ts';
import type { HandlersOf } from './handlers.ts';

export function pixelHandlers(context: EngineContext): HandlersOf<typeof pixelCalls> {
  const { decoder, file, grantSources } = context;
  return {
    'pixels.open': ({ id, entryId, part }) => {
      grantSources(id);
      return decoder.open(localPath(file(id), entryId), part);
    },
    'pixels.facts': ({ imageId, c, z, t }, { signal }) => decoder.facts(imageId, { c, z, t }, signal),
    'pixels.close': ({ imageId }) => {
      decoder.close(imageId);
      return {};
    },
  };
}
