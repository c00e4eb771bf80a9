import { type ValueRange, widen } from '../../shared/imaging/contrast.ts';
import type { ImageInfo } from '../../shared/imaging/image-info.ts';
import { parseColour } from '../../shared/imaging/label-colours.ts';
import type { LabelPaint } from '../../shared/imaging/label-paint.ts';
import type { ImageLayer, MaskLayer, Plane } from './tile-messages.ts';

/** How a person wants to see one channel. */
export interface ChannelSetting {
  readonly visible: boolean;
  /** `#rrggbb` */
  readonly colour: string;
  readonly range: ValueRange;
  /** 1 is linear, above 1 lifts dark values. */
  readonly gamma: number;
}

/** Longest side of a painted tile of a mask, in pixels. */
const MOST_ENLARGED = 2048;

export const maskStyles = ['fill', 'outline', 'both'] as const;
export type MaskStyle = (typeof maskStyles)[number];

export interface MaskSetting {
  readonly style: MaskStyle;
  /** Of the fill, 0 to 1. */
  readonly opacity: number;
  /** Of outlines without a fill, 0 to 1. */
  readonly outlineOpacity: number;
}

/** An opened mask, which of its channels is shown, and how. */
export interface MaskScene {
  readonly info: ImageInfo;
  readonly name: string;
  readonly channel: number;
  readonly setting: MaskSetting;
  readonly visible: boolean;
}

/** All that the viewer shows. */
export interface Scene {
  readonly info: ImageInfo;
  readonly name: string;
  readonly channels: readonly ChannelSetting[];
  readonly plane: Plane;
  readonly mask: MaskScene | null;
}

/** The nearest z and t that an image has. */
export function clampPlane(info: ImageInfo, plane: Plane): Plane {
  return {
    z: Math.max(0, Math.min(info.sizes.z - 1, plane.z)),
    t: Math.max(0, Math.min(info.sizes.t - 1, plane.t)),
  };
}

export function samePlane(a: Plane, b: Plane): boolean {
  return a.z === b.z && a.t === b.t;
}

/**
 * The plane of a mask that belongs to a plane of its image. A mask with a single z or t belongs to all of them.
 * Null when the mask ends before: there is nothing to draw then.
 */
export function maskPlane(mask: ImageInfo, plane: Plane): Plane | null {
  const z = mask.sizes.z === 1 ? 0 : plane.z;
  const t = mask.sizes.t === 1 ? 0 : plane.t;
  return z < mask.sizes.z && t < mask.sizes.t ? { z, t } : null;
}

function source(info: ImageInfo, plane: Plane) {
  const { imageId, pixelType, storedType, levels } = info;
  return { imageId, pixelType, storedType, levels, plane };
}

/** The image of a scene as the workshop paints it. */
export function imageLayer(scene: Scene): ImageLayer {
  return {
    ...source(scene.info, scene.plane),
    channels: scene.channels.flatMap(({ visible, range, gamma, colour }, c) =>
      visible ? [{ c, range: widen(range.low, range.high), gamma, colour: parseColour(colour) }] : [],
    ),
  };
}

/** How labels are painted: an outline beside a fill stays strong, whatever the opacity of the fill. */
export function labelPaint(setting: MaskSetting, outlineWidth: number): LabelPaint {
  const alpha = (share: number) => Math.round(Math.min(1, Math.max(0, share)) * 255);
  const { style } = setting;
  return {
    fillAlpha: style === 'outline' ? 0 : alpha(setting.opacity),
    outlineAlpha: style === 'fill' ? 0 : style === 'both' ? 255 : alpha(setting.outlineOpacity),
    outlineWidth,
  };
}

/** The opacity that a slider beside a style moves. */
export function shownOpacity({ style, opacity, outlineOpacity }: MaskSetting): number {
  return style === 'outline' ? outlineOpacity : opacity;
}

/**
 * How finely to draw labels. Zoomed out, outlines are two pixels wide so that they survive; zoomed in, labels are
 * enlarged before they are outlined, so that a line stays a line and does not hide the pixels at the rim.
 * `perPixel` is screen pixels a pixel of the mask.
 */
export function labelFineness(
  mask: ImageInfo,
  perPixel: number,
): { readonly outlineWidth: number; readonly enlarge: number } {
  const side = Math.max(
    ...mask.levels.slice(0, 1).flatMap(({ tileWidth, tileHeight }) => [tileWidth, tileHeight]),
  );
  const wanted = perPixel >= 6 ? 4 : perPixel >= 3 ? 2 : 1;
  const enlarge = side * wanted <= MOST_ENLARGED ? wanted : side * 2 <= MOST_ENLARGED && wanted > 1 ? 2 : 1;
  return { outlineWidth: perPixel < 0.75 ? 2 : 1, enlarge };
}

/** The mask of a scene as the workshop paints it; null when there is none to see at this plane. */
export function maskLayer(mask: MaskScene | null, plane: Plane, perPixel: number): MaskLayer | null {
  if (!mask?.visible) return null;
  const own = maskPlane(mask.info, plane);
  if (!own) return null;
  const { outlineWidth, enlarge } = labelFineness(mask.info, perPixel);
  const paint = labelPaint(mask.setting, outlineWidth);
  return {
    ...source(mask.info, own),
    channels: mask.info.rgb && mask.info.sizes.c >= 3 ? [0, 1, 2] : [mask.channel],
    paint,
    enlarge: paint.outlineAlpha > 0 ? enlarge : 1,
  };
}
