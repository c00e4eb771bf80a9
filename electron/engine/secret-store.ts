/**
 * Where session tokens live. The desktop keeps them in the keychain of the operating system; the terminal and the
 * browser entry keep them in memory only, because a server has no keychain that would be worth the name.
 */
export interface SecretStore {
  /** True when secrets outlive the program. */
  readonly kept: boolean;
  get(name: string): Promise<string | null>;
  set(name: string, secret: string): Promise<void>;
  delete(name: string): Promise<void>;
}

export function memorySecretStore(): SecretStore {
  const secrets = new Map<string, string>();
  return {
    kept: false,
    get: async (name) => secrets.get(name) ?? null,
    set: async (name, secret) => void secrets.set(name, secret),
    delete: async (name) => void secrets.delete(name),
  };
}
