import { profiles } from '../../../shared/destinations/index.ts';
import type { MethodId } from '../../../shared/model/plan.ts';

/** What a destination calls a method: `Submission tool`; the id where the destination does not know it. */
export function methodTitle(destination: string | undefined, method: MethodId): string {
  const profile = profiles.find((one) => one.id === destination);
  return profile?.methods.find((one) => one.method === method)?.title ?? method;
}

/** The same within a sentence: `submission tool`, `FTP`. */
export function methodInSentence(destination: string | undefined, method: MethodId): string {
  const title = methodTitle(destination, method);
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** An archive within a sentence: `the BioImage Archive`; an address stays as it is. */
export function theArchive(title: string): string {
  return /^https?:/.test(title) ? title : `the ${title}`;
}

/** Why that method, without its name in front where the reason begins with it. */
export function reasonWithoutTitle(reason: string, title: string): string {
  if (!reason.startsWith(`${title}: `)) return reason;
  const rest = reason.slice(title.length + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
