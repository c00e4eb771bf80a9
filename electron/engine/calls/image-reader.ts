import type { EngineContext } from '../context.ts';
import { openImage } from './open-image.ts';

/** Reads an image for the checks: its form and the facts of one plane, the first unless another is named. */
export function imageReader({ decoder }: Pick<EngineContext, 'decoder'>) {
  return async (
    path: string,
    part: string,
    signal: AbortSignal,
    plane: { readonly c: number; readonly z: number; readonly t: number } = { c: 0, z: 0, t: 0 },
  ) => {
    const info = await openImage(decoder, path, part, signal);
    try {
      return { info, facts: await decoder.facts(info.imageId, plane, signal) };
    } finally {
      decoder.close(info.imageId);
    }
  };
}
