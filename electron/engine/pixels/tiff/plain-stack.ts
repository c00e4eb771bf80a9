import { toMicrometres } from '../lengths.ts';
import { inOrder, pagesInWords, type StackFacts, type StackPlan, stackPages } from './stack-plan.ts';

/** The plan of a file that says little: ScanImage's channels, MetaMorph's planes, else its pages as z. */
export function planPlain(facts: StackFacts): StackPlan {
  return planScanImage(facts) ?? planStk(facts) ?? planPages(facts);
}

/** ScanImage lists the channels it saved; they take turns, frame after frame (ScanImage BigTIFF specification). */
function planScanImage(facts: StackFacts): StackPlan | null {
  const saved = /^SI\.hChannels\.channelSave = \[?([\d;, ]+)\]?\s*$/m.exec(
    facts.software.slice(0, 1_000_000),
  )?.[1];
  if (saved === undefined) return null;
  const channels = saved.split(/[;, ]+/).filter(Boolean);
  const pages = stackPages(facts.pages);
  if (channels.length === 0 || pages.length % channels.length !== 0) return null;
  const sizes = { c: channels.length, z: 1, t: pages.length / channels.length };
  return {
    format: 'ScanImage TIFF',
    name: null,
    sizes,
    channels: channels.map((channel) => ({ name: `Channel ${channel}` })),
    pixelSize: null,
    place: inOrder('czt', sizes, pages),
    notes: sizes.t > 1 ? [`Its ${sizes.t} frames are shown as time. They may be slices.`] : [],
  };
}

/** MetaMorph stores all planes of a stack behind one directory, one after the other. */
function planStk(facts: StackFacts): StackPlan | null {
  const { stkPlanes } = facts;
  if (stkPlanes === 0) return null;
  const whole = facts.contiguousRoom >= stkPlanes;
  const sizes = { c: 1, z: whole ? stkPlanes : 1, t: 1 };
  const notes =
    stkPlanes === 1
      ? []
      : [
          whole
            ? `The file does not say what its ${stkPlanes} planes are. They are shown as z.`
            : `It should hold ${stkPlanes} planes; only the first can be shown.`,
        ];
  return {
    format: 'MetaMorph STK',
    name: null,
    sizes,
    channels: [],
    pixelSize: null,
    place: inOrder('z', sizes, 'contiguous'),
    notes,
  };
}

function planPages(facts: StackFacts): StackPlan {
  const pages = stackPages(facts.pages);
  const sizes = { c: 1, z: pages.length, t: 1 };
  const notes: string[] = [];
  if (facts.isLsm)
    notes.push('This is a Zeiss LSM file, whose own description is not read. Its planes are shown as z.');
  else if (pages.length > 1) {
    notes.push(`The file does not say what its ${pagesInWords(pages.length)} are. They are shown as z.`);
  }
  return {
    format: facts.isLsm ? 'Zeiss LSM' : facts.description.startsWith('Aperio') ? 'Aperio SVS' : 'TIFF',
    name: null,
    sizes,
    channels: [],
    pixelSize: facts.description.startsWith('Aperio') ? aperioSize(facts.description) : resolutionSize(facts),
    place: inOrder('z', sizes, pages),
    notes,
  };
}

/** Aperio writes micrometres per pixel as `MPP = 0.499`. */
function aperioSize(description: string): StackPlan['pixelSize'] {
  const text = /\|\s*MPP\s*=\s*([\d.]+)/.exec(description.slice(0, 65_536))?.[1];
  const size = text === undefined ? null : toMicrometres(Number(text), 'µm');
  return size === null ? null : { x: size, y: size, z: null };
}

/**
 * Per inch, programs write what a printer would use, which means nothing here. Per centimetre a pixel below 35 µm was
 * meant, but for the 10,000 that Bio-Formats writes when it knows no size.
 */
function resolutionSize(facts: StackFacts): StackPlan['pixelSize'] {
  const { x, y, unit } = facts.resolution;
  const name = unit === 3 ? 'cm' : '';
  const [sizeX, sizeY] = [toMicrometres(1 / x, name), toMicrometres(1 / y, name)];
  if (sizeX === null || sizeY === null || sizeX >= 35 || sizeY >= 35 || (sizeX === 1 && sizeY === 1))
    return null;
  return { x: sizeX, y: sizeY, z: null };
}
