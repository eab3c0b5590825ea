import type { PageLanguage } from '../../api';

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
