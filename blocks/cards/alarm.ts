import type { Language } from '../../src/playbooks';
import {
  alarmUrl,
  context,
  dashboardUrl,
  date,
  excerpt,
  joined,
  link,
  type Message,
  message,
  mrk,
  type SafeMrkdwn,
  section,
} from '../kit';
// Not among the words of everything else: only one small function says these, and the one that Slack waits for does not.
import { en, ja } from '../words/sections/alarms';

const WORDS: Record<Language, typeof ja> = { ja, en };

/** An alarm of CloudWatch that has gone off, or that is over. */
export interface ShownAlarm {
  /** Its name ends with its id, behind a hyphen. */
  readonly name: string;
  readonly state: 'ALARM' | 'OK';
  /** ISO 8601. */
  readonly at: string;
  readonly region: string;
  /** What the alarm itself says, in English; shown where there are no words for it. */
  readonly description: string;
  /** Why CloudWatch has moved it. */
  readonly reason: string;
  /** Name of the dashboard to look at. */
  readonly dashboard: string;
}

const LONGEST = 300;

/** An alarm, and what to do about it; or, in one line, that it is over. */
export function drawAlarm(alarm: ShownAlarm, language: Language): Message {
  const w = WORDS[language];
  const id = alarm.name.slice(alarm.name.lastIndexOf('-') + 1);
  const { what, todo } = (Object.hasOwn(w.known, id) && w.known[id]) || {
    what: excerpt(alarm.description || alarm.name, LONGEST),
    todo: w.unknown,
  };
  if (alarm.state === 'OK') {
    const over = w.recovered(what);
    return message(over, [section(over), context(w.at(date(alarm.at)))]);
  }
  const raised = w.raised(what);
  return message(raised, [
    section(joined([mrk`*${raised}*`, todo])),
    context(joined([w.since(date(alarm.at)), ...links(alarm, w)], mrk` · `)),
    context(w.reason(excerpt(alarm.reason, LONGEST))),
  ]);
}

function links({ region, name, dashboard }: ShownAlarm, w: typeof ja): SafeMrkdwn[] {
  const pages = [
    [alarmUrl(region, name), w.alarm],
    [dashboardUrl(region, dashboard), w.dashboard],
  ] as const;
  return pages.flatMap(([url, label]) => (url === undefined ? [] : [link(url, label)]));
}
