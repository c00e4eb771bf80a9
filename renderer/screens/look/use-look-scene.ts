import { useCallback, useMemo, useState } from 'react';
import { useSettled } from '../../hooks/use-settled.ts';
import { clampPlane, type Scene } from '../../viewer/scene.ts';
import type { Plane } from '../../viewer/tile-messages.ts';
import {
  type ChannelChange,
  channelCount,
  channelSettings,
  channelSignature,
  channelsToMeasure,
  startingPlane,
} from './channel-settings.ts';
import { type LookItem, type LookTarget, targetName } from './look-item.ts';
import { changeChannels, channelChanges, useLookChoices } from './look-store.ts';
import { type Facts, useFacts } from './use-facts.ts';
import { type OpenedImage, useOpenedImage } from './use-opened-image.ts';

/** What is looked at, opened, with everything that can be changed about it. */
export interface LookScene {
  readonly image: OpenedImage;
  readonly mask: OpenedImage;
  readonly maskTarget: LookTarget | null;
  /** Null while the image is opened or cannot be. */
  readonly scene: Scene | null;
  /** Facts of the plane that is shown. */
  readonly facts: Facts;
  readonly maskFacts: Facts;
  readonly setPlane: (plane: Plane) => void;
  readonly changeChannels: (channels: readonly number[], change: ChannelChange) => void;
  readonly chooseMask: (target: LookTarget) => void;
  readonly chooseMaskChannel: (channel: number) => void;
}

const NO_CHANNELS: readonly number[] = [];

/** Something chosen for one item; forgotten with the next. */
function useChoiceFor<T>(key: string, first: T): [T, (value: T) => void] {
  const [held, setHeld] = useState<{ readonly key: string; readonly value: T } | null>(null);
  const set = useCallback((value: T) => setHeld({ key, value }), [key]);
  return [held?.key === key ? held.value : first, set];
}

export function useLookScene(submissionId: string, item: LookItem | null): LookScene {
  const imageKey = item ? `${submissionId} ${item.image.entryId} ${item.image.part}` : '';
  const [maskTarget, chooseMask] = useChoiceFor(item?.key ?? '', item?.mask ?? null);
  const maskKey = maskTarget ? `${maskTarget.entryId} ${maskTarget.part}` : '';
  const [maskChannel, chooseMaskChannel] = useChoiceFor(`${imageKey} ${maskKey}`, 0);
  const [chosenPlane, setPlane] = useChoiceFor<Plane | null>(imageKey, null);
  const image = useOpenedImage(submissionId, item?.image ?? null);
  const mask = useOpenedImage(submissionId, maskTarget);
  const choices = useLookChoices();
  const { info } = image;

  const signature = info ? channelSignature(info) : '';
  const changes = useMemo(() => channelChanges(choices, imageKey, signature), [choices, imageKey, signature]);
  const measured = info ? channelsToMeasure(info, changes) : NO_CHANNELS;
  const first = useMemo(() => info && startingPlane(info), [info]);
  const plane = useMemo(
    () => (info && chosenPlane ? clampPlane(info, chosenPlane) : first),
    [info, chosenPlane, first],
  );
  const firstFacts = useFacts(info?.imageId ?? null, measured, first);
  const settled = useSettled(plane, 150);
  const settledPlane = info && settled ? clampPlane(info, settled) : null;
  const inPanel = info?.rgb ? Array.from({ length: channelCount(info) }, (_, c) => c) : measured;
  const facts = useFacts(info?.imageId ?? null, inPanel, settledPlane);
  const maskFacts = useFacts(
    mask.info?.imageId ?? null,
    mask.info?.rgb ? NO_CHANNELS : [maskChannel],
    mask.info && settledPlane ? clampPlane(mask.info, settledPlane) : null,
  );

  // Shown only once its contrast is known: a picture that turns from black to bright is a wrong one first.
  const everSeen = useSeenOnce(`${imageKey} ${info?.imageId ?? ''}`, firstFacts.complete);
  const measuredFirst = firstFacts.byChannel;
  const channels = useMemo(
    () => info && channelSettings(info, measuredFirst, changes),
    [info, measuredFirst, changes],
  );
  const { mask: maskSetting, maskVisible } = choices;
  const maskInfo = mask.info;
  const scene = useMemo<Scene | null>(() => {
    if (!item || !info || !channels || !plane || !everSeen) return null;
    return {
      info,
      name: targetName(item.image),
      channels,
      plane,
      mask:
        maskInfo && maskTarget
          ? {
              info: maskInfo,
              name: targetName(maskTarget),
              channel: Math.min(maskChannel, maskInfo.sizes.c - 1),
              setting: maskSetting,
              visible: maskVisible,
            }
          : null,
    };
  }, [item, info, channels, plane, everSeen, maskInfo, maskTarget, maskChannel, maskSetting, maskVisible]);

  const change = useCallback(
    (which: readonly number[], what: ChannelChange) =>
      useLookChoices.setState((now) => changeChannels(now, imageKey, signature, which, what)),
    [imageKey, signature],
  );
  return {
    image,
    mask,
    maskTarget,
    scene,
    facts,
    maskFacts,
    setPlane,
    changeChannels: change,
    chooseMask,
    chooseMaskChannel,
  };
}

/** True from the first time something was true for a key. */
function useSeenOnce(key: string, now: boolean): boolean {
  const [seen, setSeen] = useState('');
  if (now && seen !== key) setSeen(key);
  return now || seen === key;
}
