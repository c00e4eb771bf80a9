/** What a key asks of the viewer or the room around it. */
export type ViewerAction =
  | { readonly do: 'toggle-mask' | 'fit' | 'next' | 'previous' }
  | { readonly do: 'zoom'; readonly factor: number }
  | { readonly do: 'plane'; readonly axis: 'z' | 't'; readonly step: 1 | -1 }
  | { readonly do: 'pan'; readonly dx: number; readonly dy: number };

export interface ViewerKey {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/**
 * Where the focus is: `typing` in a field that takes text, on a `slider` or its like that uses Space and arrows itself,
 * on a `button` that uses Space, or anywhere else.
 */
export type FocusPlace = 'typing' | 'slider' | 'button' | 'free';

const PAN_STEP = 80;
const pans: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [PAN_STEP, 0],
  ArrowRight: [-PAN_STEP, 0],
  ArrowUp: [0, PAN_STEP],
  ArrowDown: [0, -PAN_STEP],
};
const plain: Readonly<Record<string, ViewerAction>> = {
  '0': { do: 'fit' },
  '+': { do: 'zoom', factor: 1.25 },
  '=': { do: 'zoom', factor: 1.25 },
  '-': { do: 'zoom', factor: 0.8 },
  _: { do: 'zoom', factor: 0.8 },
  '[': { do: 'plane', axis: 'z', step: -1 },
  ']': { do: 'plane', axis: 'z', step: 1 },
  ',': { do: 'plane', axis: 't', step: -1 },
  '.': { do: 'plane', axis: 't', step: 1 },
};

/** The action of a key press; null when the key means nothing here or belongs to what has the focus. */
export function viewerAction(press: ViewerKey, place: FocusPlace): ViewerAction | null {
  if (place === 'typing' || press.ctrlKey || press.metaKey) {
    // On some keyboards brackets are typed with Alt Gr, which counts as Ctrl and Alt together.
    const altGr = press.ctrlKey && press.altKey && !press.metaKey && place !== 'typing';
    return altGr && (press.key === '[' || press.key === ']') ? (plain[press.key] ?? null) : null;
  }
  const pan = pans[press.key];
  if (pan) {
    if (place === 'slider') return null;
    if (press.shiftKey || press.altKey) return { do: 'pan', dx: pan[0], dy: pan[1] };
    if (press.key === 'ArrowDown') return { do: 'next' };
    if (press.key === 'ArrowUp') return { do: 'previous' };
    return null;
  }
  if (press.key === ' ')
    return place !== 'free' || press.altKey || press.shiftKey ? null : { do: 'toggle-mask' };
  // A Mac types brackets with Alt on many layouts; digits with Alt belong to the rooms.
  if (press.altKey && press.key !== '[' && press.key !== ']') return null;
  return plain[press.key] ?? null;
}

const TYPING = 'textarea, select, [contenteditable], [role="dialog"], [role="menu"]';
const SLIDERS = '[role="slider"], [role="separator"], hr';
const BUTTONS = 'button, a[href], summary, input';
const textless = new Set(['range', 'checkbox', 'radio', 'color', 'button', 'submit', 'reset', 'file']);

/** Tells {@link FocusPlace} of an element. */
export function focusPlace(target: EventTarget | null): FocusPlace {
  if (!(target instanceof Element)) return 'free';
  if (target instanceof HTMLInputElement) {
    if (!textless.has(target.type)) return 'typing';
    if (target.type === 'range' || target.type === 'radio') return 'slider';
  }
  if (target.closest(TYPING)) return 'typing';
  if (target.closest(SLIDERS)) return 'slider';
  return target.closest(BUTTONS) ? 'button' : 'free';
}
