import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileState } from '../../../shared/model/transfer.ts';
import { judge } from './reconcile.ts';

const SHA = 'a'.repeat(64);
const evidence = fc.record({
  state: fc.constantFrom<FileState>('queued', 'sending', 'sent', 'confirmed', 'failed'),
  attempts: fc.nat(3),
  size: fc.nat(3),
  sha256: fc.constantFrom(null, SHA),
  olderCopy: fc.boolean(),
  remoteSize: fc.constantFrom(null, 0, 1, 2, 3),
  heldSha256: fc.constantFrom(null, SHA),
});
const base = {
  state: 'sending' as FileState,
  attempts: 1,
  size: 3,
  sha256: null,
  olderCopy: false,
  remoteSize: 3,
  heldSha256: null,
};

describe('what follows from journal and listing', () => {
  it('confirms nothing that is not listed with its size, and never sends what is confirmed and listed', () => {
    fc.assert(
      fc.property(evidence, (file) => {
        const verdict = judge(file);
        const listed = file.remoteSize === file.size;
        if (['confirm', 'hash-and-confirm', 'compare-hash', 'leave'].includes(verdict))
          expect(listed).toBe(true);
        if (file.state === 'confirmed') expect(verdict).toBe(listed ? 'leave' : 'send');
        if (verdict === 'ask') expect(file.attempts).toBe(0);
      }),
    );
  });

  it('overwrites nothing at the archive that it never sent', () => {
    fc.assert(
      fc.property(evidence, (file) => {
        fc.pre(file.state !== 'confirmed' && file.attempts === 0 && file.remoteSize !== null);
        expect(['ask', 'compare-hash']).toContain(judge(file));
      }),
    );
  });

  it('takes no earlier version of the same size for this one', () => {
    fc.assert(
      fc.property(evidence, (file) => {
        fc.pre(file.olderCopy && file.attempts > 0 && file.state !== 'confirmed');
        expect(['send', 'compare-hash']).toContain(judge(file));
      }),
    );
  });

  it('finds what arrived while the program was killed', () => {
    expect(judge(base)).toBe('hash-and-confirm');
    expect(judge({ ...base, sha256: SHA })).toBe('confirm');
    expect(judge({ ...base, state: 'sent', sha256: SHA })).toBe('confirm');
    expect(judge({ ...base, remoteSize: 2 })).toBe('send');
    expect(judge({ ...base, remoteSize: null })).toBe('send');
  });
});
