import type { ImageChannel } from '../../../shared/imaging/image-info.ts';

/** The order in which ImageJ colours the channels of a composite. */
const COLOURS = ['#ff0000', '#00ff00', '#0000ff', '#ffffff', '#00ffff', '#ff00ff', '#ffff00'] as const;

export interface ChannelHint {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly window?: ImageChannel['window'] | undefined;
}

/** The three channels of a colour image. */
export function rgbChannels(): ImageChannel[] {
  return ['Red', 'Green', 'Blue'].map((name, index) => ({
    name,
    color: COLOURS[index] ?? '#ffffff',
    window: null,
  }));
}

/**
 * Channels with what the file says of them and sensible names and colours for the rest. Several channels that all
 * have one colour are told apart by new colours: nothing could be seen otherwise.
 */
export function describeChannels(count: number, hints: readonly ChannelHint[]): ImageChannel[] {
  const colors = new Set(hints.slice(0, count).map((hint) => hint.color?.toLowerCase()));
  const useful = count === 1 || colors.size > 1;
  return Array.from({ length: count }, (_, index) => {
    const hint = hints[index];
    // Grey is how some writers say "no colour", and would only be a dim white.
    const stored = useful && !/^#(?!ffffff)(..)\1\1$/i.test(hint?.color ?? '') ? hint?.color : undefined;
    return {
      name: hint?.name || (count === 1 ? 'Intensity' : `Channel ${index + 1}`),
      color: stored ?? (count === 1 ? '#ffffff' : (COLOURS[index % COLOURS.length] ?? '#ffffff')),
      window: hint?.window ?? null,
    };
  });
}
