import { z } from 'zod';
import { readJson, writeJson } from './atomic-json.ts';

const schema = z.object({ outside: z.array(z.string()) });

/** The submission files outside the library folder that were opened, kept in a small file in it. */
export class Outside {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Read anew each time: another Slipway may have added one. */
  paths(): string[] {
    return readJson(this.#path, schema)?.outside ?? [];
  }

  add(path: string): void {
    const paths = this.paths();
    if (!paths.includes(path)) writeJson(this.#path, { outside: [...paths, path] });
  }

  remove(path: string): void {
    writeJson(this.#path, { outside: this.paths().filter((other) => other !== path) });
  }
}
