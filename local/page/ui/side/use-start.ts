import { useEffect, useState } from 'preact/hooks';
import type { Start } from '../../api';
import { ask } from './ask';

let start: Promise<Start> | undefined;

/** People and the time zone, which do not change while it runs; undefined until the server has told them. */
export function useStart(): Start | undefined {
  const [known, setKnown] = useState<Start>();
  useEffect(() => {
    start ??= ask<Start>('/api/start');
    start.then(setKnown).catch(() => {
      // The next one to need it asks again; until then times are in the browser's zone.
      start = undefined;
    });
  }, []);
  return known;
}
