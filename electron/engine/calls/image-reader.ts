import type { EngineContext } from '../context.ts';

/** Reads the facts of an image for the checks: its form and its first plane, through the decoder process. */
export function imageReader({ decoder }: Pick<EngineContext, 'decoder'>) {
  return async (path: string, part: string, signal: AbortSignal) => {
    const info = await decoder.open(path, part);
    try {
      return { info, facts: await decoder.facts(info.imageId, { c: 0, z: 0, t: 0 }, signal) };
    } finally {
      decoder.close(info.imageId);
    }
  };
}
