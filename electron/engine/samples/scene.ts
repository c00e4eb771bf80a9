/** One image plane and its labels, row by row, `y * width + x`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}

/** A field of nuclei as a fluorescence microscope sees them: two channels and the instance labels. */
export interface Scene {
  readonly nuclei: Plane;
  readonly cytoplasm: Plane;
  readonly labels: Plane;
}

interface Nucleus {
  readonly x: number;
  readonly y: number;
  readonly long: number;
  readonly short: number;
  readonly angle: number;
  readonly brightness: number;
}

/** Mulberry32: small, seeded, the same everywhere; samples must be the same on every computer. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * Draws a scene. Nuclei keep apart from each other, brightness falls off towards the edges, and photon noise
 * grows with the signal, so that contrast and masks behave as on real data.
 * @param focus 0 in focus; larger blurs and dims, for the slices of a stack
 */
export function drawScene(seed: number, size: number, count: number, focus = 0): Scene {
  const random = seededRandom(seed);
  const nuclei = scatter(random, size, count);
  const softness = 0.09 + focus * 0.25;
  const dim = 1 / (1 + focus * 2);
  const signal = new Float32Array(size * size);
  const around = new Float32Array(size * size);
  const labels = new Uint16Array(size * size);
  nuclei.forEach((nucleus, index) => {
    forEachPixelNear(nucleus, size, (at, x, y, distance) => {
      const chromatin = Math.sin(x * 0.31 + nucleus.x) * Math.cos(y * 0.27 + nucleus.y);
      const texture = 0.82 + 0.1 * chromatin + 0.08 * Math.sin((x + 1.7 * y) * 0.13 + nucleus.long);
      signal[at] =
        (signal[at] ?? 0) + (nucleus.brightness * texture * dim) / (1 + Math.exp((distance - 1) / softness));
      around[at] = (around[at] ?? 0) + 900 * Math.exp(-((distance - 1.5) ** 2) / 0.18) * dim;
      if (distance <= 1 - focus * 0.5) labels[at] = index + 1;
    });
  });

  const noise = seededRandom(seed * 7919 + Math.round(focus * 1000));
  const dna = new Uint16Array(size * size);
  const actin = new Uint16Array(size * size);
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [(at % size) / size - 0.5, Math.floor(at / size) / size - 0.5];
    const vignette = 1 - 0.7 * (x * x + y * y);
    const light = signal[at] ?? 0;
    dna[at] = expose(120 + light * vignette, noise);
    actin[at] = expose(160 + (around[at] ?? 0) * vignette + light * 0.04, noise);
  }
  const plane = (pixels: Uint16Array): Plane => ({ width: size, height: size, pixels });
  return { nuclei: plane(dna), cytoplasm: plane(actin), labels: plane(labels) };
}

/** Visits the pixels within 2.6 times a nucleus's outline. */
function forEachPixelNear(
  nucleus: Nucleus,
  size: number,
  visit: (at: number, x: number, y: number, distance: number) => void,
): void {
  const reach = Math.ceil(nucleus.long * 2.6);
  const last = size - 1;
  for (let y = Math.max(0, Math.floor(nucleus.y - reach)); y <= Math.min(last, nucleus.y + reach); y++) {
    for (let x = Math.max(0, Math.floor(nucleus.x - reach)); x <= Math.min(last, nucleus.x + reach); x++) {
      const distance = ellipseDistance(nucleus, x, y);
      if (distance <= 2.6) visit(y * size + x, x, y, distance);
    }
  }
}

/** Photon noise is the square root of the signal; the camera clips at 16 bits. */
function expose(signal: number, random: () => number): number {
  const gauss = random() + random() + random() - 1.5;
  return Math.max(0, Math.min(65535, Math.round(signal + gauss * 2 * Math.sqrt(signal))));
}

function scatter(random: () => number, size: number, count: number): Nucleus[] {
  const nuclei: Nucleus[] = [];
  const scale = size / 512;
  for (let tries = 0; nuclei.length < count && tries < count * 40; tries++) {
    const long = (16 + random() * 12) * scale;
    const nucleus: Nucleus = {
      x: long + random() * (size - 2 * long),
      y: long + random() * (size - 2 * long),
      long,
      short: long * (0.62 + random() * 0.3),
      angle: random() * Math.PI,
      brightness: 1800 + random() * 5200,
    };
    const apart = nuclei.every(
      (other) => Math.hypot(other.x - nucleus.x, other.y - nucleus.y) > (other.long + long) * 1.05,
    );
    if (apart) nuclei.push(nucleus);
  }
  return nuclei;
}

/** 1 on the edge of the ellipse, 0 in its middle. */
function ellipseDistance(nucleus: Nucleus, x: number, y: number): number {
  const [dx, dy] = [x - nucleus.x, y - nucleus.y];
  const [cos, sin] = [Math.cos(nucleus.angle), Math.sin(nucleus.angle)];
  return Math.hypot((dx * cos + dy * sin) / nucleus.long, (dy * cos - dx * sin) / nucleus.short);
}
