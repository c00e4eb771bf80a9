import type { ImageInfo } from '../../../shared/imaging/image-info.ts';
import { channelName, pixelSizeText } from '../../viewer/describe-view.ts';
import { sizeText } from '../../viewer/mask-placement.ts';

/** What is known of an image as pairs of a word and a value, in the order people ask. */
export function imageFacts(info: ImageInfo): (readonly [term: string, value: string])[] {
  const { sizes, levels } = info;
  const count = (value: number) => value.toLocaleString('en');
  const names = Array.from({ length: sizes.c }, (_, c) => channelName(info, c)).join(', ');
  const facts: (readonly [string, string] | null)[] = [
    ['Size', `${sizeText({ width: sizes.x, height: sizes.y })} pixels`],
    sizes.z > 1 ? ['Planes (Z)', count(sizes.z)] : null,
    sizes.t > 1 ? ['Frames (T)', count(sizes.t)] : null,
    info.rgb
      ? ['Colour', 'red, green, blue']
      : sizes.c > 1
        ? ['Channels', `${count(sizes.c)}: ${names}`]
        : null,
    ['Values', info.storedType],
    ['Pixel size', pixelSizeText(info.pixelSize) ?? 'not stored in the file'],
    ['Format', info.format],
    levels.length > 1
      ? ['Levels', levels.map(({ width, height }) => sizeText({ width, height })).join(', ')]
      : null,
    info.labels.length > 0 ? ['Labels inside', info.labels.join(', ')] : null,
  ];
  return facts.filter((fact) => fact !== null);
}
