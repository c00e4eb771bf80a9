import type { ValueRange } from '../../shared/imaging/contrast.ts';
import type { ImageLevel, PixelType } from '../../shared/imaging/image-info.ts';
import type { Rgb } from '../../shared/imaging/label-colours.ts';
import type { LabelPaint } from '../../shared/imaging/label-paint.ts';
import type { ProblemData } from '../../shared/model/problem.ts';
import type { TileAddress } from './pyramid.ts';

/** One z and t of an image. */
export interface Plane {
  readonly z: number;
  readonly t: number;
}

interface Source {
  readonly imageId: string;
  readonly pixelType: PixelType;
  readonly storedType: string;
  readonly levels: readonly ImageLevel[];
  readonly plane: Plane;
}

/** An image and how its visible channels are shown. */
export interface ImageLayer extends Source {
  readonly channels: readonly {
    readonly c: number;
    readonly range: ValueRange;
    readonly gamma: number;
    readonly colour: Rgb;
  }[];
}

/** A label image. `channels` is one channel, or three of a mask stored as a colour picture. */
export interface MaskLayer extends Source {
  readonly channels: readonly number[];
  readonly paint: LabelPaint;
  /** Pixels of the painted tile a pixel of the mask, on either axis. */
  readonly enlarge: number;
}

export type LayerName = 'image' | 'mask';

/** One tile to make. `key` is given back with it. A job that is not painted only brings the values near. */
export interface TileJob {
  readonly key: string;
  readonly layer: LayerName;
  readonly tile: TileAddress;
  readonly plane: Plane;
  readonly painted: boolean;
}

/** All that is wanted now, the most urgent first. Replaces what was wanted before. */
export interface Frame {
  readonly image: ImageLayer | null;
  readonly mask: MaskLayer | null;
  readonly jobs: readonly TileJob[];
}

/** A question for the values at a point, in pixels of the finest level of each layer. */
export interface Probe {
  readonly id: number;
  readonly image: { readonly x: number; readonly y: number } | null;
  readonly mask: { readonly x: number; readonly y: number } | null;
}

/** What is known at the point. `exact` is false when only a coarser level is at hand. */
export interface ProbeAnswer {
  readonly id: number;
  readonly values: readonly { readonly c: number; readonly value: number }[];
  readonly label: number | null;
  readonly exact: boolean;
}

export type ToWorker =
  /** `base` is the address of the window, which a worker does not know. */
  | { readonly type: 'start'; readonly base: string }
  | { readonly type: 'frame'; readonly frame: Frame }
  | { readonly type: 'probe'; readonly probe: Probe }
  /** Forgets which tiles failed, so that they are asked for again. */
  | { readonly type: 'retry' };

export type FromWorker =
  | { readonly type: 'tile'; readonly key: string; readonly bitmap: ImageBitmap }
  | { readonly type: 'failed'; readonly key: string; readonly problem: ProblemData }
  | { readonly type: 'probed'; readonly answer: ProbeAnswer };
