import { useEffect } from 'react';

/** Milliseconds between looks at folders that a scan is filling. */
const looksEvery = 3000;

/** Asks again every few seconds while a scan goes on, and once when it ends. */
export function useLive(scanning: boolean, ask: () => void): void {
  useEffect(() => {
    if (!scanning) return;
    const timer = window.setInterval(ask, looksEvery);
    return () => {
      window.clearInterval(timer);
      ask();
    };
  }, [scanning, ask]);
}
