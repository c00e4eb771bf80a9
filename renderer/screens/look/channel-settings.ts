import { startingRange } from '../../../shared/imaging/contrast.ts';
import type { ImageInfo, PlaneFacts } from '../../../shared/imaging/image-info.ts';
import type { ChannelSetting } from '../../viewer/scene.ts';

/** What a person has changed of a channel. */
export type ChannelChange = Partial<ChannelSetting>;
export type ChannelChanges = Readonly<Record<number, ChannelChange>>;
export type FactsByChannel = ReadonlyMap<number, PlaneFacts>;

/** More channels than this at once are a fog; the others wait to be switched on. */
const SHOWN_AT_FIRST = 4;
const COLOURS = ['#00ff00', '#ff00ff', '#00ffff', '#ffff00', '#ff0000', '#0000ff'];
const RGB_COLOURS = ['#ff0000', '#00ff00', '#0000ff'];

/** The number of channels an image is shown by. A picture in colour has three, whatever transparency it stores. */
export function channelCount(info: ImageInfo): number {
  return info.rgb ? Math.min(3, info.sizes.c) : info.sizes.c;
}

/** Names that tell images apart whose channels mean something else: choices of colour are kept for equal ones. */
export function channelSignature(info: ImageInfo): string {
  const names = Array.from({ length: info.sizes.c }, (_, c) => info.channels[c]?.name ?? '');
  return `${info.rgb ? 'rgb' : info.sizes.c} ${names.join('|')}`;
}

/** The colour stored for a channel; channels that are all stored as one colour get different ones. */
export function startingColour(info: ImageInfo, c: number): string {
  if (info.rgb) return RGB_COLOURS[c] ?? '#ffffff';
  if (info.sizes.c === 1) return info.channels[0]?.color ?? '#ffffff';
  const stored = info.channels.map(({ color }) => color.toLowerCase());
  const own = stored[c];
  const alike = new Set(stored).size === 1;
  return own === undefined || alike ? (COLOURS[c % COLOURS.length] ?? '#ffffff') : own;
}

export function startsVisible(info: ImageInfo, c: number): boolean {
  return info.rgb || c < SHOWN_AT_FIRST;
}

/** Channels whose facts are needed before the image can be shown as it should be. */
export function channelsToMeasure(info: ImageInfo, changes: ChannelChanges): number[] {
  if (info.rgb) return [];
  return Array.from({ length: info.sizes.c }, (_, c) => c).filter(
    (c) => changes[c]?.visible ?? startsVisible(info, c),
  );
}

/** Settings of all channels: what the image starts with, and over it what a person has changed. */
export function channelSettings(
  info: ImageInfo,
  facts: FactsByChannel,
  changes: ChannelChanges,
): ChannelSetting[] {
  return Array.from({ length: channelCount(info) }, (_, c) => ({
    visible: startsVisible(info, c),
    colour: startingColour(info, c),
    gamma: 1,
    range: startingRange(info, { window: info.channels[c]?.window ?? null }, facts.get(c) ?? null),
    ...changes[c],
  }));
}

/** Where to begin in a stack: in the middle, where the focus usually is. */
export function startingPlane(info: ImageInfo): { readonly z: number; readonly t: number } {
  return { z: Math.floor(info.sizes.z / 2), t: 0 };
}

/** A step for a control over a range: 1 for whole numbers, else a thousandth, rounded to one figure. */
export function controlStep(whole: boolean, span: number): number {
  if (whole) return Math.max(1, 10 ** Math.floor(Math.log10(Math.max(1, span / 2000))));
  return 10 ** Math.floor(Math.log10(Math.max(Number.MIN_VALUE, span / 1000)));
}
