import type { ImageChannel } from '../../../shared/imaging/image-info.ts';

/** Two channels in colours that people with red-green blindness tell apart, and whose overlap is white for all. */
const TWO = ['#ff00ff', '#00ff00'] as const;
const MANY = ['#00ffff', '#ff00ff', '#ffff00', '#ff0000', '#00ff00', '#0000ff', '#ffffff'] as const;

function defaultColour(index: number, count: number): string {
  if (count === 1) return '#ffffff';
  const colours = count === 2 ? TWO : MANY;
  return colours[index % colours.length] ?? '#ffffff';
}

export interface ChannelHint {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  readonly window?: ImageChannel['window'] | undefined;
}

/** The three channels of a colour image. */
export function rgbChannels(): ImageChannel[] {
  return [
    { name: 'Red', color: '#ff0000', window: null },
    { name: 'Green', color: '#00ff00', window: null },
    { name: 'Blue', color: '#0000ff', window: null },
  ];
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
      color: stored ?? defaultColour(index, count),
      window: hint?.window ?? null,
    };
  });
}
