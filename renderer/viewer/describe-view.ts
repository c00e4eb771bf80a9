import { sizeText } from './mask-placement.ts';
import { lengthText } from './scale-bar.ts';
import { maskPlane, type Scene, shownOpacity } from './scene.ts';

const styleWords = { fill: 'filled', outline: 'as outlines', both: 'filled with outlines' } as const;

/** Zoom for people: `150 %`; small zooms with a decimal. */
export function zoomText(scale: number): string {
  const percent = scale * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent).toLocaleString('en')} %`;
}

/** What the picture shows, in sentences, for people who do not see it. Changes when they change it. */
export function describeScene(scene: Scene, scale: number): string {
  const { info, name, plane, channels, mask } = scene;
  const finest = info.levels[0] ?? { width: info.sizes.x, height: info.sizes.y };
  const sentences = [`${name}, ${sizeText(finest)} pixels, zoom ${zoomText(scale)}.`];
  if (info.sizes.z > 1) sentences.push(`Plane ${plane.z + 1} of ${info.sizes.z}.`);
  if (info.sizes.t > 1) sentences.push(`Frame ${plane.t + 1} of ${info.sizes.t}.`);
  if (!info.rgb && channels.length > 1) sentences.push(channelSentence(scene));
  if (mask) sentences.push(maskSentence(scene));
  return sentences.join(' ');
}

function channelSentence({ info, channels }: Scene): string {
  const shown = channels.flatMap(({ visible }, c) => (visible ? [channelName(info, c)] : []));
  return shown.length === 0 ? 'All channels are hidden.' : `Channels shown: ${shown.join(', ')}.`;
}

/** The name of a channel, or its number from 1 when it has none. */
export function channelName(info: Scene['info'], c: number): string {
  return info.channels[c]?.name || `Channel ${c + 1}`;
}

function maskSentence({ mask, plane }: Scene): string {
  if (!mask) return '';
  if (!mask.visible) return `Mask ${mask.name} hidden.`;
  if (!maskPlane(mask.info, plane)) return `Mask ${mask.name} has no plane here.`;
  return `Mask ${mask.name} shown ${styleWords[mask.setting.style]} at ${Math.round(shownOpacity(mask.setting) * 100)} %.`;
}

/** A pixel value as people write it: whole numbers grouped, others with four figures. */
export function valueText(value: number): string {
  if (Number.isNaN(value)) return 'not a number';
  return Number.isInteger(value)
    ? value.toLocaleString('en')
    : value.toLocaleString('en', { maximumSignificantDigits: 4 });
}

/** The size of a pixel: `0.65 × 0.65 µm`, with the distance of planes when known. Null when unknown. */
export function pixelSizeText(pixelSize: Scene['info']['pixelSize']): string | null {
  if (!pixelSize?.x || !pixelSize.y) return null;
  const flat =
    pixelSize.x === pixelSize.y
      ? stepText(pixelSize.x)
      : `${stepText(pixelSize.x)} × ${stepText(pixelSize.y)}`;
  return pixelSize.z ? `${flat}, planes ${stepText(pixelSize.z)} apart` : flat;
}

/** Steps of a microscope are said in micrometres down to a tenth. */
function stepText(micrometres: number): string {
  return micrometres >= 0.1 && micrometres < 1000
    ? `${micrometres.toLocaleString('en', { maximumSignificantDigits: 4 })} µm`
    : lengthText(micrometres);
}
