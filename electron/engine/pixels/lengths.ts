const micrometres: Readonly<Record<string, number>> = {
  m: 1e6,
  meter: 1e6,
  metre: 1e6,
  cm: 1e4,
  centimeter: 1e4,
  mm: 1e3,
  millimeter: 1e3,
  micron: 1,
  microns: 1,
  micrometer: 1,
  micrometre: 1,
  um: 1,
  µm: 1,
  nm: 1e-3,
  nanometer: 1e-3,
  pm: 1e-6,
  angstrom: 1e-4,
  å: 1e-4,
  inch: 25_400,
  in: 25_400,
};

/** A length in micrometres; null when the unit is unknown ("pixel") or the number is no length. */
export function toMicrometres(value: number, unit: string): number | null {
  // The micro sign and the Greek letter look the same and are both written.
  const known = micrometres[unit.trim().toLowerCase().replace('\u03bc', '\u00b5')];
  const length = known === undefined ? Number.NaN : value * known;
  return Number.isFinite(length) && length > 0 ? length : null;
}
