import type { pixelCalls } from '../../../shared/contract/pixel-calls.ts';
import type { EngineContext } from '../context.ts';
import { localPath } from '../library/entries.ts';
import type { HandlersOf } from './handlers.ts';
import { openImage } from './open-image.ts';

export function pixelHandlers(context: EngineContext): HandlersOf<typeof pixelCalls> {
  const { decoder, file, grantSources } = context;
  return {
    'pixels.open': ({ id, entryId, part }) => {
      grantSources(id);
      return openImage(decoder, localPath(file(id), entryId), part);
    },
    'pixels.facts': ({ imageId, c, z, t }, { signal }) => decoder.facts(imageId, { c, z, t }, signal),
    'pixels.close': ({ imageId }) => {
      decoder.close(imageId);
      return {};
    },
  };
}
