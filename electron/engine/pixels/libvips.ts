import sharp, { type Sharp, type SharpOptions } from 'sharp';

// libvips is native code that reads hostile files: only the loaders that are meant here stay, and nothing is kept.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpeg', 'VipsForeignLoadPng', 'VipsForeignLoadTiff', 'VipsForeignLoadWebp'],
});
sharp.cache(false);
sharp.concurrency(1);

/** Pixels of one picture that libvips may decode at once. */
export const MAX_PIXELS = 256 * 1024 * 1024;

/**
 * libvips on a path or bytes, with the numbers left as they are: no colour profile is applied, and a damaged picture
 * is an error, not a grey area. Paths must have been checked with `grantedPath`: native code heeds no permission.
 */
export function vips(input: string | Uint8Array, options: SharpOptions = {}): Sharp {
  return sharp(input, {
    ignoreIcc: true,
    failOn: 'error',
    limitInputPixels: MAX_PIXELS,
    ...options,
  });
}

export { sharp };
