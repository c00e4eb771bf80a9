import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { safeStorage } from 'electron';

/** Session tokens, encrypted with a key that the operating system's keychain holds. */
export interface SecretKeeper {
  /** False when there is no keychain worth the name: then secrets live in memory and end with the program. */
  readonly kept: boolean;
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

/** @param file where the encrypted secrets are kept, in the app's own data folder */
export function createSecretKeeper(file: string): SecretKeeper {
  const kept = hasKeychain();
  const memory = new Map<string, string>();
  const read = async (): Promise<Record<string, string>> => {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    } catch {
      return {};
    }
  };
  const write = async (secrets: Record<string, string>) => {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, JSON.stringify(secrets), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  return {
    kept,
    async get(name) {
      if (!kept) return memory.get(name) ?? null;
      const sealed = (await read())[name];
      if (sealed === undefined) return null;
      try {
        return safeStorage.decryptString(Buffer.from(sealed, 'base64'));
      } catch {
        // The keychain was reset or the file came from another computer: the person signs in again.
        return null;
      }
    },
    async set(name, secret) {
      if (!kept) return void memory.set(name, secret);
      await write({ ...(await read()), [name]: safeStorage.encryptString(secret).toString('base64') });
    },
    async delete(name) {
      memory.delete(name);
      if (!kept) return;
      const { [name]: _, ...others } = await read();
      await write(others);
    },
  };
}

/** On Linux without a keyring Electron falls back to `basic_text`, a fixed key: that would only look like safety. */
function hasKeychain(): boolean {
  if (!safeStorage.isEncryptionAvailable()) return false;
  return process.platform !== 'linux' || safeStorage.getSelectedStorageBackend() !== 'basic_text';
}
