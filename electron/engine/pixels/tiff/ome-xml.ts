import { toMicrometres } from '../lengths.ts';
import { scanXml, type XmlElement } from './xml-scan.ts';

/** A run of planes in one file (OME-TIFF specification, TiffData). */
export interface OmeTiffData {
  /** First directory; null when not said, which means from the first one on. */
  readonly ifd: number | null;
  readonly planeCount: number | null;
  readonly first: { readonly z: number; readonly c: number; readonly t: number };
  /** The file that holds them; null when not said, which means this one. */
  uuid: string | null;
  fileName: string | null;
}

export interface OmeChannel {
  readonly name: string | undefined;
  readonly color: string | undefined;
  readonly samples: number;
}

/** The first image that an OME-XML text describes. */
export interface OmeImage {
  readonly name: string;
  readonly dimensionOrder: string;
  readonly sizes: {
    readonly x: number;
    readonly y: number;
    readonly z: number;
    readonly c: number;
    readonly t: number;
  };
  readonly pixelSize: { readonly x: number | null; readonly y: number | null; readonly z: number | null };
  readonly channels: OmeChannel[];
  readonly tiffData: OmeTiffData[];
}

export interface OmeMetadata {
  readonly image: OmeImage | null;
  readonly images: number;
  /** Identifies this file. */
  readonly uuid: string | null;
  /** Name of the file that holds the description, when this one only points to it. */
  readonly companion: string | null;
}

/** Planes listed one by one; a longer list is not read to its end. */
const MAX_TIFF_DATA = 1_000_000;

/** Whether an ImageDescription is OME-XML. */
export function isOmeXml(description: string): boolean {
  return /<(?:\w+:)?OME[\s>]/.test(description.slice(0, 4096));
}

/** Reads what is needed of OME-XML (schema 2016-06 and before); what is missing or malformed is left out. */
export function parseOmeXml(text: string): OmeMetadata {
  let image: OmeImage | null = null;
  let images = 0;
  let uuid: string | null = null;
  let companion: string | null = null;
  let imageName = '';
  let lastData: OmeTiffData | null = null;
  scanXml(text, {
    open({ name, attributes }) {
      if (name === 'OME') uuid = attributes.get('UUID') ?? null;
      else if (name === 'BinaryOnly') companion = attributes.get('MetadataFile') ?? '';
      else if (name === 'Image') {
        images++;
        if (images === 1) imageName = attributes.get('Name') ?? '';
      } else if (images !== 1) return true;
      else if (name === 'Pixels' && image === null) image = readPixels(imageName, attributes);
      else if (name === 'Channel') image?.channels.push(readChannel(attributes));
      else if (name === 'TiffData' && image && image.tiffData.length < MAX_TIFF_DATA) {
        lastData = readTiffData(attributes);
        image.tiffData.push(lastData);
      } else if (name === 'UUID' && lastData) lastData.fileName = attributes.get('FileName') ?? null;
      return true;
    },
    close(name, content) {
      if (name === 'UUID' && lastData) lastData.uuid = content || null;
      if (name === 'TiffData') lastData = null;
      return true;
    },
  });
  return { image, images, uuid, companion };
}

type Attributes = XmlElement['attributes'];

function readPixels(name: string, attributes: Attributes): OmeImage {
  const size = (key: string) => whole(attributes.get(key)) ?? 1;
  const physical = (axis: string) =>
    toMicrometres(
      Number(attributes.get(`PhysicalSize${axis}`)),
      attributes.get(`PhysicalSize${axis}Unit`) ?? 'µm',
    );
  const order = attributes.get('DimensionOrder') ?? '';
  return {
    name,
    dimensionOrder: /^XY(?:ZCT|ZTC|CTZ|CZT|TCZ|TZC)$/.test(order) ? order : 'XYZCT',
    sizes: { x: size('SizeX'), y: size('SizeY'), z: size('SizeZ'), c: size('SizeC'), t: size('SizeT') },
    pixelSize: { x: physical('X'), y: physical('Y'), z: physical('Z') },
    channels: [],
    tiffData: [],
  };
}

function readChannel(attributes: Attributes): OmeChannel {
  const color = attributes.get('Color');
  return {
    name: attributes.get('Name'),
    color: color === undefined ? undefined : omeColor(Number(color)),
    samples: whole(attributes.get('SamplesPerPixel')) ?? 1,
  };
}

function readTiffData(attributes: Attributes): OmeTiffData {
  const first = (axis: string) => whole(attributes.get(`First${axis}`)) ?? 0;
  return {
    ifd: whole(attributes.get('IFD')),
    planeCount: whole(attributes.get('PlaneCount')),
    first: { z: first('Z'), c: first('C'), t: first('T') },
    uuid: null,
    fileName: null,
  };
}

/** Color is a signed 32-bit number, red in the highest byte, alpha in the lowest. */
function omeColor(value: number): string | undefined {
  if (!Number.isInteger(value) || value < -(2 ** 31) || value >= 2 ** 32) return undefined;
  return `#${(value >>> 8).toString(16).padStart(6, '0')}`;
}

function whole(text: string | undefined): number | null {
  const value = Number(text);
  return text !== undefined && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
