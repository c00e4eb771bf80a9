import type { EntryKind } from '../model/entry.ts';

type Family = 'image' | 'table' | 'other';

/** Extensions by format. An extension may have two parts; the longer one that fits is meant. */
const formats: Readonly<Record<Family, Readonly<Record<string, string>>>> = {
  image: {
    'ome-tiff': 'ome.tif ome.tiff ome.tf2 ome.tf8 ome.btf',
    tiff: 'tif tiff tf2 tf8 btf',
    'ome-zarr-zip': 'ozx zarr.zip ome.zarr.zip',
    png: 'png',
    jpeg: 'jpg jpeg',
    jpeg2000: 'jp2 j2k jpx',
    bmp: 'bmp',
    gif: 'gif',
    webp: 'webp',
    netpbm: 'pgm ppm pbm pnm',
    czi: 'czi',
    nd2: 'nd2',
    lif: 'lif',
    lsm: 'lsm',
    oib: 'oib',
    oif: 'oif',
    vsi: 'vsi',
    svs: 'svs',
    ndpi: 'ndpi',
    scn: 'scn',
    mirax: 'mrxs',
    dicom: 'dcm dicom',
    deltavision: 'dv',
    imaris: 'ims',
    hdf5: 'h5 hdf5 hdf',
    mrc: 'mrc',
    nifti: 'nii nii.gz',
    nrrd: 'nrrd',
    metaimage: 'mha mhd',
    npy: 'npy',
    npz: 'npz',
    stk: 'stk',
    zvi: 'zvi',
    ics: 'ics',
    slidebook: 'sld',
    flex: 'flex',
    video: 'avi mp4 mov mkv',
  },
  table: {
    tsv: 'tsv',
    csv: 'csv',
    xlsx: 'xlsx',
    xls: 'xls',
    ods: 'ods',
    parquet: 'parquet',
    geojson: 'geojson',
    'imagej-roi': 'roi',
  },
  other: {
    'ome-xml': 'ome ome.xml companion.ome',
    xml: 'xml',
    json: 'json jsonl',
    yaml: 'yaml yml',
    text: 'txt md log rst ini cfg',
    document: 'pdf docx doc pptx ppt odt html htm rtf',
    archive: 'zip tar gz tgz tar.gz 7z rar bz2 xz',
    code: 'py ipynb r m ijm js java groovy cppipe cpproj sh',
    model: 'onnx pt pth pkl ckpt h5ad safetensors',
  },
};

interface Known {
  readonly format: string;
  readonly family: Family;
}

const byExtension = new Map<string, Known>();
const familyOf = new Map<string, Family>([
  ['ome-zarr', 'image'],
  ['zarr', 'image'],
  // Known by what is in the ZIP: outlines drawn in ImageJ.
  ['imagej-roi-set', 'table'],
]);
for (const family of ['image', 'table', 'other'] as const) {
  for (const [format, extensions] of Object.entries(formats[family])) {
    familyOf.set(format, family);
    for (const extension of extensions.split(' ')) byExtension.set(extension, { format, family });
  }
}

const compound =
  /\.(ome\.(?:tiff?|tf[28]|btf|zarr(?:\.zip)?|xml)|zarr\.zip|companion\.ome|nii\.gz|tar\.gz)$/i;

/** A name in two parts, without the dot between: `a.ome.tif` is `a` and `ome.tif`, `README` is `README` and ''. */
export function splitExtension(name: string): { stem: string; extension: string } {
  const long = compound.exec(name);
  if (long?.[1] !== undefined && long.index > 0) {
    return { stem: name.slice(0, long.index), extension: long[1] };
  }
  return splitLastDot(name);
}

/** Like {@link splitExtension}, always at the last dot. */
export function splitLastDot(name: string): { stem: string; extension: string } {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || dot === name.length - 1) return { stem: name, extension: '' };
  return { stem: name.slice(0, dot), extension: name.slice(dot + 1) };
}

/** The format a file's name promises; `unknown` when it promises nothing. */
export function formatByName(name: string): string {
  const known =
    byExtension.get(splitExtension(name).extension.toLowerCase()) ??
    byExtension.get(splitLastDot(name).extension.toLowerCase());
  return known?.format ?? 'unknown';
}

/** True for formats that hold pixels. */
export function isImageFormat(format: string): boolean {
  return familyOf.get(format) === 'image';
}

const maskWords = new Set(
  [
    'mask masks masked maske masken label labels labeled labelled labeling labelling labelmap labelmaps labelimage',
    'seg segs segm segmented segmentation segmentations annotation annotations annotated annot annots',
    'gt groundtruth outline outlines contour contours instance instances',
  ].flatMap((line) => line.split(' ')),
);
const imageWords = new Set('image images img imgs raw raws original originals'.split(' '));
/** Cheap test before words are cut: nearly all names of a million fail it. */
const maybeMask = /mask|label|seg|annot|gt|truth|outline|contour|instance/i;

/**
 * Words of a name: cut at everything that is neither letter nor digit, between letters and digits, where a small
 * letter meets a capital, and before a capitalised mask word (`DAPIMask`). Not inside words: `unmasked` is one.
 */
export function wordsOf(name: string): string[] {
  return name
    .split(
      /[^\p{L}\p{N}]+|(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=(?:Mask|Label|Segm|Annot)\p{Ll}*)/u,
    )
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** True when a whole word of a name says mask, label, segmentation, annotation or the like. */
export function namesMask(name: string): boolean {
  if (!maybeMask.test(name)) return false;
  const words = wordsOf(name);
  return words.some((word, index) => {
    const next = words[index + 1];
    if (word === 'ground') return next === 'truth';
    // Label-free microscopy makes images.
    return maskWords.has(word) && !(word === 'label' && next === 'free');
  });
}

/**
 * What the folders of a path say, the nearest one first: `mask`, `image`, or null when none says anything.
 * `folders` ends without `/`.
 */
export function kindByFolders(folders: string): 'mask' | 'image' | null {
  for (const folder of folders.split('/').toReversed()) {
    if (namesMask(folder)) return 'mask';
    if (wordsOf(folder).some((word) => imageWords.has(word))) return 'image';
  }
  return null;
}

/** The kind of a file by its format, its name and what its folders say. Only formats with pixels can be masks. */
export function kindOf(format: string, name: string, byFolders: 'mask' | 'image' | null): EntryKind {
  const family = familyOf.get(format) ?? familyOf.get(formatByName(name)) ?? 'other';
  const stem = splitExtension(name).stem;
  if (family === 'image') return byFolders === 'mask' || namesMask(stem) ? 'mask' : 'image';
  // Boxes and classes as JSON belong to the annotations; other JSON is settings.
  if (family === 'other' && format === 'json' && namesMask(stem)) return 'table';
  return family;
}

/** Names that make a folder a Zarr store or a part of one (Zarr v2: `.z…`, v3: `zarr.json`). */
export const zarrMarkers: readonly string[] = ['.zattrs', '.zgroup', '.zarray', 'zarr.json'];

/**
 * The format that the first bytes of a file show; null when they show none that is known. Give at least 132 bytes
 * if the file has them. Sources: TIFF 6.0 and BigTIFF headers, PNG, JFIF, GIF89a, BMP, RIFF, JPEG 2000 Part 1,
 * HDF5 superblock, ZIP and gzip local headers, OLE 2, DICOM PS3.10, NumPy format 1.0, ZISRAW, ND2, ImageJ ROI,
 * git-lfs pointer v1.
 */
export function formatByBytes(bytes: Uint8Array): string | null {
  const begins = (at: number, text: string) => {
    for (let index = 0; index < text.length; index++) {
      if (bytes[at + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  };
  const found = signatures.find(([, at, text]) => begins(at, text));
  if (found?.[0] === 'archive' && firstMember(bytes).toLowerCase().endsWith('.roi')) return 'imagej-roi-set';
  return found?.[0] ?? null;
}

/** The name of the first file in a ZIP, as far as its bytes are here (APPNOTE.TXT 4.3.7); '' in anything else. */
function firstMember(bytes: Uint8Array): string {
  if (bytes[0] !== 0x50) return '';
  const length = (bytes[26] ?? 0) + 256 * (bytes[27] ?? 0);
  return String.fromCharCode(...bytes.subarray(30, 30 + length));
}

const signatures: readonly (readonly [format: string, at: number, text: string])[] = [
  ['tiff', 0, 'II*\0'],
  ['tiff', 0, 'MM\0*'],
  ['tiff', 0, 'II+\0'],
  ['tiff', 0, 'MM\0+'],
  ['png', 0, '\x89PNG\r\n\x1a\n'],
  ['jpeg', 0, '\xff\xd8\xff'],
  ['gif', 0, 'GIF8'],
  ['webp', 8, 'WEBP'],
  ['jpeg2000', 0, '\0\0\0\x0cjP  '],
  ['hdf5', 0, '\x89HDF\r\n\x1a\n'],
  ['npy', 0, '\x93NUMPY'],
  ['czi', 0, 'ZISRAWFILE'],
  ['nd2', 0, '\xda\xce\xbe\x0a'],
  ['imagej-roi', 0, 'Iout'],
  ['nrrd', 0, 'NRRD000'],
  ['dicom', 128, 'DICM'],
  ['archive', 0, 'PK\x03\x04'],
  ['archive', 0, '\x1f\x8b'],
  ['ole', 0, '\xd0\xcf\x11\xe0'],
  ['git-lfs-pointer', 0, 'version https://git-lfs'],
  ['document', 0, '%PDF'],
  ['bmp', 0, 'BM'],
];

/** Formats whose files begin like those of another one. */
const containers: Readonly<Record<string, readonly string[]>> = {
  tiff: ['ome-tiff', 'lsm', 'stk', 'svs', 'ndpi', 'scn', 'flex'],
  jpeg2000: ['nd2'],
  hdf5: ['imaris', 'model'],
  archive: ['ome-zarr-zip', 'xlsx', 'ods', 'npz', 'nifti', 'document', 'model'],
  ole: ['oib', 'zvi', 'xls', 'document'],
};
/** Formats every file of which begins with one of the signatures above. */
const alwaysSigned = new Set([
  'tiff',
  'ome-tiff',
  'png',
  'jpeg',
  'gif',
  'webp',
  'jpeg2000',
  'hdf5',
  'npy',
  'czi',
  'bmp',
]);

/**
 * The format of a file from its name and its first bytes. Bytes win where the two cannot both be right: a PNG named
 * `.tif` is `png`, a `.tif` that begins like no image is `unknown`, and a pointer that git-lfs left in place of the
 * data is `git-lfs-pointer`. An empty file is what its name promises.
 */
export function formatOf(name: string, bytes: Uint8Array): string {
  const promised = formatByName(name);
  if (bytes.length === 0) return promised;
  const shown = formatByBytes(bytes);
  if (shown === null) return alwaysSigned.has(promised) ? 'unknown' : promised;
  if (shown === promised || containers[shown]?.includes(promised)) return promised;
  // 'BM' and 'PK' are short or shared: they prove nothing against a name that promises no such thing.
  if ((shown === 'bmp' || shown === 'ole') && !alwaysSigned.has(promised)) return promised;
  return shown;
}
