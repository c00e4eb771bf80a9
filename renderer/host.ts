/** Something a person picked: an opaque id for the engine and a name to show. No path crosses. */
export interface Granted {
  readonly grant: string;
  readonly name: string;
}

/** What the desktop's preload script offers the window. A browser has none of it. */
export interface SlipwayHost {
  /** Asks for a MessagePort to the engine; it arrives as a window message with the data `slipway:engine-port`. */
  requestEnginePort(): void;
  chooseFolders(): Promise<Granted[]>;
  chooseSubmissionFile(): Promise<Granted | null>;
  grantDropped(files: File[]): Promise<Granted[]>;
}

declare global {
  interface Window {
    readonly slipwayHost?: SlipwayHost;
  }
}

/** The desktop around this window, or null in a browser. */
export const host: SlipwayHost | null = typeof window === 'undefined' ? null : (window.slipwayHost ?? null);
