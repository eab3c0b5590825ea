import { useEffect, useState } from 'preact/hooks';
import type { PageLanguage, Start } from '../../api';
import { ask } from './ask';

let zone: Promise<string> | undefined;

/** The deployment's time zone (IANA); undefined until the server has said it. It does not change while it runs. */
export function useTimeZone(): string | undefined {
  const [known, setKnown] = useState<string>();
  useEffect(() => {
    zone ??= ask<Start>('/api/start').then(({ timeZone }) => timeZone);
    zone.then(setKnown).catch(() => {
      // The next one to need it asks again; until then times are in the browser's zone.
      zone = undefined;
    });
  }, []);
  return known;
}

/** A moment as people read it: with the weekday, to the minute, in the deployment's zone. */
export function showTime(at: string | number, language: PageLanguage, timeZone: string | undefined): string {
  return new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    month: language === 'ja' ? 'numeric' : 'short',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(new Date(at));
}
