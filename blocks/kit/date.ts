import { mrk, type SafeMrkdwn } from './safe-mrkdwn';

/**
 * A moment as each reader's own clock and language say it; clients that cannot, show UTC.
 * @param iso ISO 8601; anything else is shown as it is
 */
export function date(iso: string): SafeMrkdwn {
  const time = Date.parse(iso);
  if (Number.isNaN(time)) return mrk`${iso}`.cut(40);
  const fallback = `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  return mrk`<!date^${Math.floor(time / 1000)}^{date_short_pretty} {time}|${fallback}>`;
}
