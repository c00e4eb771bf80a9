import { Problem } from '../model/problem.ts';
import { biaAnnotations } from './bia-annotations.ts';
import type { Profile } from './profile.ts';

/** Every destination there is, in the order they are offered. */
export const profiles: readonly Profile[] = [biaAnnotations];

/** The profile of a destination; a Problem with code `unknown-destination` when there is none of that id. */
export function profileOf(id: string): Profile {
  const profile = profiles.find((candidate) => candidate.id === id);
  if (profile) return profile;
  throw new Problem('unknown-destination', `This Slipway knows no destination "${id}".`, {
    cause: `It knows: ${profiles.map((candidate) => candidate.id).join(', ')}.`,
    advice: 'Choose one of these, or open the submission with the newer Slipway that made it.',
  });
}
