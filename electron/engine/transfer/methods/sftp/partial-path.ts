/** Longest name of a file, in bytes, that servers take. */
const LONGEST_NAME = 255;
const ENDING = '.slipway-part';

/** Where the bytes of a file go until it is whole: beside it, under a name that nobody takes for it. */
export function partialPath(path: string): string {
  const slash = path.lastIndexOf('/');
  let name = path.slice(slash + 1);
  while (Buffer.byteLength(name) + ENDING.length > LONGEST_NAME) name = [...name].slice(0, -1).join('');
  return `${path.slice(0, slash + 1)}${name}${ENDING}`;
}
