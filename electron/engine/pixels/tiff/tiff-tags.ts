/** Tag numbers of TIFF 6.0 and of the private tags that are read here. */
export const tags = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  imageDescription: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  software: 305,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  subIfds: 330,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  yCbCrCoefficients: 529,
  yCbCrSubSampling: 530,
  referenceBlackWhite: 532,
  /** MetaMorph STK: one entry a plane. */
  uic2: 33_629,
  /** Zeiss LSM. */
  lsmInfo: 34_412,
} as const;

/** Bytes of one value by TIFF field type (TIFF 6.0 section 2; 13 IFD; 16 to 18 BigTIFF). */
export const fieldTypeBytes: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

/** PhotometricInterpretation. */
export const photometrics = {
  whiteIsZero: 0,
  blackIsZero: 1,
  rgb: 2,
  palette: 3,
  mask: 4,
  cmyk: 5,
  yCbCr: 6,
  cieLab: 8,
} as const;

/** Compression. */
export const compressions = {
  none: 1,
  ccittRle: 2,
  ccittFax3: 3,
  ccittFax4: 4,
  lzw: 5,
  oldJpeg: 6,
  jpeg: 7,
  deflate: 8,
  ccittRleW: 32_771,
  packBits: 32_773,
  oldDeflate: 32_946,
  zstd: 50_000,
  webp: 50_001,
  /** Written by Pixel Translations: a plain zlib stream. */
  pixTiffZip: 50_013,
} as const;

const compressionNames: Readonly<Record<number, string>> = {
  2: 'CCITT',
  3: 'CCITT Group 3',
  4: 'CCITT Group 4',
  6: 'JPEG in its old form of 1992',
  9: 'JBIG',
  10: 'JBIG colour',
  32766: 'NeXT',
  32809: 'ThunderScan',
  33003: 'JPEG 2000',
  33005: 'JPEG 2000',
  34712: 'JPEG 2000',
  34887: 'LERC',
  34892: 'lossy JPEG of DNG',
  34925: 'LZMA',
  50002: 'JPEG XL',
  52546: 'JPEG XL',
};

/** The name people know a compression by, else its number. */
export function compressionName(compression: number): string {
  return compressionNames[compression] ?? `compression number ${compression}`;
}
