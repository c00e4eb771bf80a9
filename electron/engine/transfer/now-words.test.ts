import { describe, expect, it } from 'vitest';
import { Flights } from './flights.ts';
import { StateTotals } from './journal-totals.ts';
import { flightWords } from './now-words.ts';
import { Rate } from './rate.ts';
import { restingWords, TransferView } from './transfer-view.ts';
import { Trouble } from './trouble.ts';

function flights(): { now: { ms: number }; all: Flights } {
  const now = { ms: 0 };
  return {
    now,
    all: new Flights(
      new Rate(0),
      () => now.ms,
      () => {},
    ),
  };
}

describe('what is happening now', () => {
  it('names one file, counts several, and puts the stages side by side', () => {
    const { all } = flights();
    all.open('f/a.tif', 10, 1);
    expect(flightWords(all.all, 0)).toBe('Sending a.tif');
    all.open('f/b.tif', 10, 1);
    all.open('f/c.tif', 10, 1).enter('server is saving');
    expect(flightWords(all.all, 0)).toBe('Sending 2 files; server is saving c.tif');
  });

  it('says that nothing is heard, and for how long', () => {
    const { now, all } = flights();
    all.open('f/a.tif', 10, 1).enter('server is saving');
    now.ms = 75_000;
    expect(flightWords(all.all, now.ms)).toBe('Server is saving a.tif (nothing heard for 1 min 15 s)');
  });

  it('counts down while it waits, and says why', () => {
    const { now, all } = flights();
    all.open('f/a.tif', 10, 2).wait(8000, 'The connection broke.');
    expect(flightWords(all.all, 0)).toBe('Waiting 8 s to try a.tif again: The connection broke.');
    now.ms = 6500;
    expect(flightWords(all.all, now.ms)).toContain('Waiting 2 s');
  });

  it('never counts more bytes of a file than it has, and begins anew with each attempt', () => {
    const { all } = flights();
    const flight = all.open('f/a.tif', 10, 1);
    flight.add(8);
    flight.add(8);
    expect([flight.bytes, all.bytes]).toEqual([10, 10]);
    flight.enter('sending');
    expect(all.bytes).toBe(0);
  });
});

describe('the snapshot', () => {
  const totals = new StateTotals([
    { state: 'confirmed', files: 1, bytes: 60 },
    { state: 'sending', files: 1, bytes: 40 },
  ]);
  const sources = { totals: () => totals, steps: () => [], accession: () => null };

  it('is never above the whole, and never silent', () => {
    const view = new TransferView(sources, 1);
    view.say('Reading');
    const flight = view.flights.open('f/a.tif', 4000, 1);
    flight.add(4000);
    expect(view.snapshot()).toMatchObject({ bytesDone: 100, bytesTotal: 100, filesDone: 1, filesTotal: 2 });
    view.waiting({ ms: 3000, trouble: new Trouble('retry', 'network', 'It broke.') });
    expect(view.snapshot().now).toBe('Waiting 3 s to try again: It broke.');
    view.waiting(null);
    flight.close();
    expect(view.snapshot().now).toBe('Reading');
    expect(view.end('paused', null, restingWords(totals))).toMatchObject({
      phase: 'paused',
      now: 'The archive has 1 of 2 files; send again to go on',
      bytesDone: 60,
      inFlight: [],
      secondsLeft: null,
    });
  });

  it('is told at once, then when something moved, last at the end, and not after', async () => {
    const view = new TransferView(sources, 1);
    const told: string[] = [];
    view.listen(({ now }) => told.push(now));
    view.say('One');
    view.say('Two');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toEqual(['Beginning', 'Two']);
    view.end('uploaded', null, 'Done');
    view.say('Three');
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(told).toEqual(['Beginning', 'Two', 'Done']);
  });
});
