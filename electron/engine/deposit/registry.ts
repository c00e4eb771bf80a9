import { Problem } from '../../../shared/model/problem.ts';
import { bioImageArchive } from './bioimage-archive/deposit.ts';
import type { Deposit } from './deposit.ts';

const deposits: readonly Deposit[] = [bioImageArchive];

/** How to deposit at the destination with this profile id. */
export function depositOf(destination: string): Deposit {
  const deposit = deposits.find((candidate) => candidate.destination === destination);
  if (deposit) return deposit;
  throw new Problem('unknown-destination', `This Slipway cannot send to the destination "${destination}".`, {
    advice: 'Open the submission with the newer Slipway that made it.',
  });
}
