import { useCallback, useEffect, useState } from 'react';
import type { ImageInfo } from '../../../shared/imaging/image-info.ts';
import { type ProblemData, problemOf } from '../../../shared/model/problem.ts';
import { engine } from '../../connection.ts';
import { useConnection } from '../../stores/connection-store.ts';
import type { LookTarget } from './look-item.ts';
import { OpenedImages } from './opened-images.ts';

const images = new OpenedImages({
  open: ({ submissionId, entryId, part }) => engine.call('pixels.open', { id: submissionId, entryId, part }),
  // An image that cannot be closed is closed with the engine; nobody needs to know.
  close: (imageId) => void engine.call('pixels.close', { imageId }).catch(() => {}),
});
useConnection.subscribe((now, before) => {
  if (now.generation !== before.generation) images.forget();
});

export interface OpenedImage {
  readonly info: ImageInfo | null;
  readonly problem: ProblemData | null;
  readonly reload: () => void;
}

interface Held {
  readonly key: string;
  readonly info: ImageInfo | null;
  readonly problem: ProblemData | null;
}

/** Opens an image for as long as it is looked at; again when the engine comes back. Null opens nothing. */
export function useOpenedImage(submissionId: string, target: LookTarget | null): OpenedImage {
  const [attempt, setAttempt] = useState(0);
  const [held, setHeld] = useState<Held>({ key: '', info: null, problem: null });
  const generation = useConnection((state) => state.generation);
  const entryId = target?.entryId ?? null;
  const part = target?.part ?? '';
  const modifiedMs = target?.modifiedMs ?? 0;
  const key =
    entryId === null ? '' : `${submissionId} ${entryId} ${part} ${modifiedMs} ${generation} ${attempt}`;

  useEffect(() => {
    if (entryId === null) return;
    let over = false;
    const { info, release } = images.acquire({ submissionId, entryId, part, modifiedMs });
    info.then(
      (opened) => !over && setHeld({ key, info: opened, problem: null }),
      (thrown: unknown) => !over && setHeld({ key, info: null, problem: problemOf(thrown) }),
    );
    return () => {
      over = true;
      release();
    };
  }, [submissionId, entryId, part, modifiedMs, key]);

  const reload = useCallback(() => setAttempt((count) => count + 1), []);
  const current = held.key === key;
  return { info: current ? held.info : null, problem: current ? held.problem : null, reload };
}
