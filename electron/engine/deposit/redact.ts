/** What BioStudies session tokens look like (JSON Web Token), wherever they turn up. */
const TOKEN = /eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;
/** Secret directories of BioStudies accounts: whoever knows one can read and write there. */
const SECRET_FOLDER = /[0-9a-f]{2}\/[0-9a-f]{6}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}-[ab]\d+/g;
/** Shorter than this nothing is a secret, and taking it out would garble every text. */
const SHORTEST = 4;

/**
 * Makes a function that takes the given secrets, as they are or as they stand in addresses and JSON, out of texts
 * that come from elsewhere and may be shown, kept or logged. Tokens and secret directories go in any case.
 */
export function redactor(secrets: readonly string[]): (text: string) => string {
  const forms = secrets
    .filter((secret) => secret.length >= SHORTEST)
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]);
  // Longest first, or a secret that contains another would leave its rest.
  const known = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const form of known) clean = clean.replaceAll(form, '•••');
    return clean.replace(TOKEN, '•••').replace(SECRET_FOLDER, '•••');
  };
}

/** A secret so that its owner knows which it is: the first two and the last four characters. */
export function maskSecret(secret: string): string {
  return secret.length < 12 ? '•••' : `${secret.slice(0, 2)}•••${secret.slice(-4)}`;
}
