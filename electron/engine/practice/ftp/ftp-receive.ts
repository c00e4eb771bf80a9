import type { FileHandle } from 'node:fs/promises';
import type { Socket } from 'node:net';
import type { UploadFault } from '../faults.ts';

/** How a file that was sent here came to its end. */
export type Received = 'whole' | 'cut' | 'stalled' | 'broken-off';

/**
 * Writes what comes over a data connection. There is no word of how long a file will be, so that a fault on order
 * breaks it after the first piece.
 * @returns how it ended and how many bytes were written
 */
export async function receive(
  socket: Socket,
  handle: FileHandle,
  at: number,
  fault: UploadFault | null,
): Promise<{ ended: Received; bytes: number }> {
  let bytes = 0;
  try {
    // By hand: leaving a loop would end the connection, and a stall is to hold it.
    const pieces = (socket as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) {
      const piece = next.value;
      await handle.write(piece, 0, piece.byteLength, at + bytes);
      bytes += piece.byteLength;
      if (fault === 'cut') {
        socket.resetAndDestroy();
        return { ended: 'cut', bytes };
      }
      if (fault === 'stall') {
        return { ended: 'stalled', bytes };
      }
    }
  } catch {
    return { ended: 'broken-off', bytes };
  }
  return { ended: 'whole', bytes };
}
