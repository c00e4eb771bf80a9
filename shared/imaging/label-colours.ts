/**
 * Colours for label images. A label has the same colour in every tile, zoom, plane and session, because the
 * colour is computed from the number alone.
 */
export type Rgb = readonly [red: number, green: number, blue: number];

/**
 * 23 colours chosen by search so that any two differ by at least 0.07 in Oklab, seen with normal sight and with
 * the dichromacy simulations of Machado, Oliveira and Fernandes (2009); ordered so that neighbours in the list
 * differ most. 23 is a prime, so regular layouts (8, 12, 16, 24 objects a row) do not repeat a colour in a column.
 */
const BASE_COLOURS = [
  '#f0c12a #8d8cfb #d76f0b #61cdd8 #4e6afd #ce3459 #ab8bcd #aaf6c6 #9156a2 #60a06e #b9a3ff #fbe405',
  '#14846d #78c378 #56f5fa #8075cc #bfe483 #4eb6a4 #a75c00 #eb9a04 #7b52d3 #90dbac #b3709a',
]
  .join(' ')
  .split(' ');

/** Share and target of the mix that makes each further round of the base colours differ from the last. */
const ROUNDS: readonly (readonly [share: number, towards: number])[] = [
  [0, 0],
  [0.28, 255],
  [0.24, 0],
  [0.14, 255],
];

/** After this many labels the colours repeat. */
export const LABEL_COLOUR_COUNT = BASE_COLOURS.length * ROUNDS.length;

/** Reads `#rrggbb`; anything else is white, so that a damaged colour in a file still shows something. */
export function parseColour(text: string): Rgb {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!match) return [255, 255, 255];
  const part = (index: number) => Number.parseInt(match[index] ?? 'ff', 16);
  return [part(1), part(2), part(3)];
}

/** All label colours as bytes red, green, blue, one after the other. */
export const labelColourTable: Uint8Array = makeTable();

function makeTable(): Uint8Array {
  const table = new Uint8Array(LABEL_COLOUR_COUNT * 3);
  let at = 0;
  for (const [share, towards] of ROUNDS) {
    for (const base of BASE_COLOURS) {
      for (const value of parseColour(base)) table[at++] = Math.round(value + (towards - value) * share);
    }
  }
  return table;
}

/** Where the colour of a label starts in {@link labelColourTable}. Takes any finite number; labels are rounded. */
export function labelColourOffset(label: number): number {
  const place = (Math.round(label) - 1) % LABEL_COLOUR_COUNT;
  return (place < 0 ? place + LABEL_COLOUR_COUNT : place) * 3;
}

/** The colour of a label. 0 is background by convention and is drawn by nobody; it still has a colour here. */
export function labelColour(label: number): Rgb {
  const offset = labelColourOffset(label);
  return [
    labelColourTable[offset] ?? 0,
    labelColourTable[offset + 1] ?? 0,
    labelColourTable[offset + 2] ?? 0,
  ];
}
