import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { biaAnnotations } from '../destinations/bia-annotations.ts';
import type { MethodId } from '../model/plan.ts';
import { chooseMethod } from './method-choice.ts';

const GB = 1e9;
const choose = (bytes: number, largest: number, chosen: MethodId | 'auto' = 'auto') =>
  chooseMethod(biaAnnotations, { files: 3, bytes, largest }, chosen);

describe('method by size (BioImage Archive Submit page, decimal bytes)', () => {
  it.each([
    [0, 0, 'submission-tool'],
    [50 * GB - 1, 20 * GB - 1, 'submission-tool'],
    [50 * GB, GB, 'ftp'],
    [30 * GB, 20 * GB, 'ftp'],
    [1000 * GB, 999 * GB, 'ftp'],
    [1000 * GB + 1, GB, 'chunked'],
  ] as const)('%i bytes, largest %i: %s', (bytes, largest, method) => {
    expect(choose(bytes, largest)).toMatchObject({ method, bySize: method, overLimit: false });
  });

  it('says why, in numbers that do not look like the limit', () => {
    expect(choose(12e9, 3e9).reason).toBe(
      'Submission tool: 12 GB to send, below 50 GB, every file below 20 GB.',
    );
    expect(choose(61e9, 3e9).reason).toBe(
      'FTP, not submission tool: there are 61 GB to send and it is meant for less than 50 GB.',
    );
    expect(choose(30e9, 25e9).reason).toBe(
      'FTP, not submission tool: the largest file has 25 GB and it is meant for files below 20 GB.',
    );
    expect(choose(50e9 - 1, 3e9).reason).toContain('49,999,999,999 bytes');
    expect(choose(2e12, 3e9).reason).toContain('Chunked transfer, not FTP');
  });

  it('lets a person choose and says what the archive asks for', () => {
    expect(choose(61e9, 1e9, 'submission-tool')).toEqual({
      method: 'submission-tool',
      bySize: 'ftp',
      overLimit: true,
      reason:
        'You chose submission tool, but there are 61 GB to send and it is meant for less than 50 GB. The archive asks for FTP.',
    });
    expect(choose(1e9, 1e9, 'ftp')).toMatchObject({ method: 'ftp', overLimit: false });
  });

  it('never goes back to a smaller method when more is sent', () => {
    const order = biaAnnotations.methods.map((range) => range.method);
    fc.assert(
      fc.property(fc.nat(3_000), fc.nat(3_000), fc.nat(3_000), (a, more, largest) => {
        const small = choose(a * GB, Math.min(a, largest) * GB).method;
        const big = choose((a + more) * GB, Math.min(a, largest) * GB).method;
        expect(order.indexOf(big)).toBeGreaterThanOrEqual(order.indexOf(small));
      }),
    );
  });
});
