import styles from './icons.module.css';

/** 16 × 16 outlines, drawn for this window. */
const shapes = {
  add: 'M8 3v10M3 8h10',
  anchor: 'M8 5.5v8M8 5.5a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3M3 9c0 3 2 4.5 5 4.5s5-1.5 5-4.5M5.5 7.5h5',
  archive: 'M2.5 3h11v3h-11zM3.5 6v7h9V6M6.5 9h3',
  arrowDown: 'M8 3v10M4 9l4 4 4-4',
  arrowLeft: 'M13 8H3M7 4 3 8l4 4',
  arrowRight: 'M3 8h10M9 4l4 4-4 4',
  arrowUp: 'M8 13V3M4 7l4-4 4 4',
  boat: 'M2 12.5h12M3.5 10.5 12.5 5v5.5z',
  check: 'M3 8.5 6.5 12 13 4.5',
  checkCircle: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M5.3 8.3l1.9 1.9 3.5-4',
  chevronDown: 'M4 6l4 4 4-4',
  chevronRight: 'M6 4l4 4-4 4',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 4.8V8l2.2 1.6',
  close: 'M4 4l8 8M12 4l-8 8',
  copy: 'M5.5 5.5h7v8h-7zM5.5 10.5h-2v-8h7v3',
  describe: 'M3 4h10M3 8h10M3 12h6',
  dots: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  download: 'M8 2.5v7.5M5 7.5l3 3 3-3M3 13.5h10',
  external: 'M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8M8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  file: 'M4 2h5l3.5 3.5V14H4zM9 2v3.5h3.5',
  files: 'M2.5 13V3.5h4L8 5h5.5v8z',
  filter: 'M2.5 3.5h11L9.5 8.5v4l-3 1.5v-5.5z',
  folder: 'M2.5 13V3.5h4L8 5h5.5v8z',
  folderAdd: 'M2.5 13V3.5h4L8 5h5.5v8zM8 7v4M6 9h4',
  grip: 'M6 4h.01M6 8h.01M6 12h.01M10 4h.01M10 8h.01M10 12h.01',
  help: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M6.3 6.3c.2-2 3.5-1.9 3.5 0 0 1.3-1.7 1.3-1.7 2.7M8.1 11.3h.01',
  image: 'M2.5 3h11v10h-11zM2.5 11l3-3 2.5 2.5L10.5 8l3 3M6 6h.01',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 7.5V11M8 5h.01',
  kinds: 'M8 2.5a5.5 5.5 0 1 0 5.5 5.5H8zM10.5 2.2v3.3h3.3a4 4 0 0 0-3.3-3.3',
  link: 'M6.5 9.5l3-3M7 4.5l1.2-1.2a3 3 0 0 1 4.4 4.2L11.5 8.8M9 11.5l-1.2 1.2a3 3 0 0 1-4.4-4.2L4.5 7.2',
  look: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.5 10.5 14 14',
  mask: 'M2.5 3h11v10h-11zM8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6',
  minus: 'M3 8h10',
  must: 'M5.5 2h5L14 5.5v5L10.5 14h-5L2 10.5v-5zM8 5v3.5M8 11h.01',
  may: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12M8 7.5V11M8 5h.01',
  pair: 'M2.5 3h6v6h-6zM7.5 7h6v6h-6z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  pencil: 'M3 13l.6-2.8L10.8 3l2.2 2.2-7.2 7.2z',
  play: 'M5 3l8 5-8 5z',
  practice: 'M8 2.5 14.5 6 8 9.5 1.5 6zM4 7.5v4c2 2 6 2 8 0v-4',
  redo: 'M12.5 6.5h-6a3.5 3.5 0 0 0 0 7H9M10 4l2.5 2.5L10 9',
  refresh: 'M13 8a5 5 0 1 1-1.5-3.5L13 6M13 2.5V6H9.5',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10M10.5 10.5 14 14',
  send: 'M14 2 7.5 8.5M14 2 9.5 14 7.5 8.5 2 6.5z',
  should: 'M8 2.5 14.5 13.5h-13zM8 6.5v3.5M8 12h.01',
  stop: 'M4 4h8v8H4z',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6M8 1.5v1.2M8 13.3v1.2M1.5 8h1.2M13.3 8h1.2M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  table: 'M2.5 3h11v10h-11zM2.5 6.5h11M2.5 9.8h11M6.5 6.5V13',
  trash: 'M3 4.5h10M6 4.5V2.5h4v2M4.5 4.5 5 13.5h6l.5-9',
  tree: 'M2.5 3.5h4M4.5 3.5v9H8M4.5 8H8M9.5 8h4M9.5 12.5h4',
  treemap: 'M2.5 3h11v10h-11zM8.5 3v10M8.5 8.5h5',
  undo: 'M3.5 6.5h6a3.5 3.5 0 0 1 0 7H7M6 4 3.5 6.5 6 9',
  upload: 'M8 10.5V3M5 6l3-3 3 3M3 13.5h10',
} as const;

export type IconName = keyof typeof shapes;

/** An outline in the colour of the text around it; decoration only, so a word must stand beside it. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className={styles.icon}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'dots' || name === 'grip' ? 2.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
