import { create } from 'zustand';
import type { MaskSetting } from '../../viewer/scene.ts';
import type { ChannelChange, ChannelChanges } from './channel-settings.ts';

/** What a person has chosen in this room; lives as long as the window, so that leaving the room loses nothing. */
export interface LookChoices {
  readonly maskVisible: boolean;
  readonly mask: MaskSetting;
  /** Visibility, colour and gamma by channel signature: they go with the kind of image. */
  readonly looks: Readonly<Record<string, ChannelChanges>>;
  /** Contrast by image id: it goes with the image. */
  readonly ranges: Readonly<Record<string, ChannelChanges>>;
}

export const firstChoices: LookChoices = {
  maskVisible: true,
  mask: { style: 'both', opacity: 0.4, outlineOpacity: 1 },
  looks: {},
  ranges: {},
};

/** Images whose contrast is remembered. */
const REMEMBERED = 200;

function withChange(
  changes: ChannelChanges,
  channels: readonly number[],
  change: ChannelChange,
): ChannelChanges {
  const next: Record<number, ChannelChange> = { ...changes };
  for (const c of channels) next[c] = { ...next[c], ...change };
  return next;
}

/** Takes in a change of some channels of an image. `image` names the image, `signature` its kind of channels. */
export function changeChannels(
  now: LookChoices,
  image: string,
  signature: string,
  channels: readonly number[],
  { range, ...look }: ChannelChange,
): LookChoices {
  const looks =
    Object.keys(look).length === 0
      ? now.looks
      : { ...now.looks, [signature]: withChange(now.looks[signature] ?? {}, channels, look) };
  if (!range) return { ...now, looks };
  const { [image]: own = {}, ...others } = now.ranges;
  const kept = Object.fromEntries(Object.entries(others).slice(-(REMEMBERED - 1)));
  return { ...now, looks, ranges: { ...kept, [image]: withChange(own, channels, { range }) } };
}

/** All that was changed of the channels of an image. */
export function channelChanges(now: LookChoices, image: string, signature: string): ChannelChanges {
  const looks = now.looks[signature] ?? {};
  const ranges = now.ranges[image] ?? {};
  const channels = [...Object.keys(looks), ...Object.keys(ranges)].map(Number);
  return Object.fromEntries(channels.map((c) => [c, { ...looks[c], ...ranges[c] }]));
}

export const useLookChoices = create<LookChoices>()(() => firstChoices);

export function toggleMask(): void {
  useLookChoices.setState(({ maskVisible }) => ({ maskVisible: !maskVisible }));
}

export function setMask(change: Partial<MaskSetting>): void {
  useLookChoices.setState(({ mask }) => ({ mask: { ...mask, ...change }, maskVisible: true }));
}
