import { Problem } from '../shared/model/problem.ts';

/** Descriptions are small; a file larger than this is something else. */
export const largestJson = 16_000_000;

/** Parses the text of a JSON file; a Problem names the file and what is wrong with it. */
export function parseJsonFile(name: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (thrown) {
    throw new Problem('not-json', `“${name}” is not a JSON file, so nothing was taken from it.`, {
      cause: thrown instanceof Error ? thrown.message : String(thrown),
      advice: 'Choose a template that Slipway exported, or a JSON file in the same form.',
    });
  }
}

/** Reads a JSON file that a person picked. */
export async function readJsonFile(file: File): Promise<unknown> {
  if (file.size > largestJson) {
    throw new Problem('too-large', `“${file.name}” is larger than any description, so it was not read.`, {
      advice: 'Choose a template that Slipway exported, or a JSON file in the same form.',
    });
  }
  return parseJsonFile(file.name, await file.text());
}

/** Lets a person pick one JSON file; null when they picked none. Must be called from a click or key press. */
export function pickJsonFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null), { once: true });
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.click();
  });
}
