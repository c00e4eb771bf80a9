import { formatCounted, formatDuration } from '../../../shared/rules/format-quantities.ts';
import type { Flight } from './flights.ts';

/** Silence longer than this is said. */
const SILENT_MS = 10_000;

/** What the flights are doing, in words; '' when there are none. The most telling stage comes first. */
export function flightWords(flights: Iterable<Flight>, nowMs: number): string {
  const by = { sending: [], 'server is saving': [], verifying: [], waiting: [] } as Record<
    Flight['stage'],
    Flight[]
  >;
  for (const flight of flights) by[flight.stage].push(flight);
  const parts = [
    sendingWords(by.sending, nowMs),
    by['server is saving'].length === 0
      ? ''
      : `Server is saving ${named(by['server is saving'])}${quiet(by['server is saving'], nowMs)}`,
    by.verifying.length === 0 ? '' : `Asking the archive whether it has ${named(by.verifying)}`,
    waitingWords(by.waiting, nowMs),
  ].filter((part) => part !== '');
  // Waiting is what a person wants to know when nothing else goes on, and also beside the rest.
  return parts
    .slice(0, 3)
    .map((part, index) => (index === 0 ? part : part.charAt(0).toLowerCase() + part.slice(1)))
    .join('; ');
}

function sendingWords(flights: readonly Flight[], nowMs: number): string {
  return flights.length === 0 ? '' : `Sending ${named(flights)}${quiet(flights, nowMs)}`;
}

function quiet(flights: readonly Flight[], nowMs: number): string {
  const silent = nowMs - Math.max(...flights.map((flight) => flight.movedMs));
  return silent < SILENT_MS ? '' : ` (nothing heard for ${formatDuration(silent / 1000)})`;
}

function waitingWords(flights: readonly Flight[], nowMs: number): string {
  const next = flights.toSorted((a, b) => a.waitsUntilMs - b.waitsUntilMs)[0];
  if (!next) return '';
  const left = Math.max(1, Math.ceil((next.waitsUntilMs - nowMs) / 1000));
  return `Waiting ${formatDuration(left)} to try ${named(flights)} again: ${next.waitsFor}`;
}

function named(flights: readonly Flight[]): string {
  const first = flights[0];
  if (flights.length !== 1 || !first) return formatCounted(flights.length, 'file');
  return first.remotePath.slice(first.remotePath.lastIndexOf('/') + 1);
}
