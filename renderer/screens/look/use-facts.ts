import { useEffect, useMemo, useState } from 'react';
import type { PlaneFacts } from '../../../shared/imaging/image-info.ts';
import { engine } from '../../connection.ts';
import type { Plane } from '../../viewer/tile-messages.ts';
import type { FactsByChannel } from './channel-settings.ts';

export interface Facts {
  readonly byChannel: FactsByChannel;
  /** True once every channel asked for has answered or failed. */
  readonly complete: boolean;
}

interface Held {
  readonly key: string;
  readonly byChannel: ReadonlyMap<number, PlaneFacts | null>;
}

const nothing: Held = { key: '', byChannel: new Map() };

/**
 * Measures channels of one plane of an image. A channel whose facts cannot be had is left out: the image is then
 * shown by the range of its type, and the tiles will say what is wrong with it. Null measures nothing.
 */
export function useFacts(imageId: string | null, channels: readonly number[], plane: Plane | null): Facts {
  const [held, setHeld] = useState<Held>(nothing);
  const { z, t } = plane ?? { z: 0, t: 0 };
  const key = imageId === null || plane === null ? '' : `${imageId} ${z} ${t}`;
  const list = channels.join();

  useEffect(() => {
    if (imageId === null || key === '' || list === '') return;
    let over = false;
    const keep = (c: number, facts: PlaneFacts | null) => {
      if (over) return;
      setHeld((now) => ({
        key,
        byChannel: new Map(now.key === key ? now.byChannel : []).set(c, facts),
      }));
    };
    for (const c of list.split(',').map(Number)) {
      engine.call('pixels.facts', { imageId, c, z, t }).then(
        (facts) => keep(c, facts),
        () => keep(c, null),
      );
    }
    return () => {
      over = true;
    };
  }, [imageId, key, list, z, t]);

  const current = held.key === key ? held.byChannel : nothing.byChannel;
  const byChannel = useMemo(() => {
    const had = new Map<number, PlaneFacts>();
    for (const [c, facts] of current) if (facts) had.set(c, facts);
    return had;
  }, [current]);
  return { byChannel, complete: channels.every((c) => current.has(c)) };
}
