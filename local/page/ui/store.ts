import { useEffect, useState } from 'preact/hooks';
import { isJson, type Json, jsonList, textIn } from '../../slack/json';
import type { PageLanguage, SlackChannel, Start } from '../api';
import { type Marks, readMarks, writeMarks } from './marks';
import { type Route, routeIn } from './route';
import { ask, problemOf } from './side/ask';
import { latestTs, type Message, mentionsIn, readMessage, withReaction } from './slack/message';
import { type PersonView, readPerson } from './slack/view';
import { type Words, wordsOf } from './words';

/** Something the page has to say by itself: what failed, and what Slack would refuse. */
export interface Note {
  readonly key: number;
  readonly kind: 'problem' | 'done';
  readonly text: string;
  readonly detail?: string;
}

/** Behind which message the drawer looks. */
export interface Chosen {
  readonly channel: string;
  readonly ts: string;
}

export interface State {
  readonly start: Start;
  /** By channel: everything that was said, oldest first, replies included. */
  readonly messages: Readonly<Record<string, readonly Message[]>>;
  readonly people: Readonly<Record<string, PersonView>>;
  readonly me: string;
  readonly route: Route;
  readonly marks: Readonly<Record<string, Marks>>;
  /** Where the line before new messages is drawn in what is open. */
  readonly lineAt: string;
  readonly hidden: ReadonlySet<string>;
  readonly notes: readonly Note[];
  readonly chosen: Chosen | undefined;
  readonly panel: 'aws' | 'behind';
  readonly isPanelOpen: boolean;
  readonly isMenuOpen: boolean;
  readonly isConnected: boolean;
  /** Milliseconds by which the stand-in's clock is ahead of the browser's. */
  readonly clockAhead: number;
  readonly question: Question | undefined;
}

/** A confirmation dialog of an element, and who waits for its answer. */
export interface Question {
  readonly confirm: Json;
  readonly answer: (isSure: boolean) => void;
}

const RETRY_MS = 1_000;
/** Several changes of what a person sees are read once. */
const PERSON_AFTER_MS = 15;
const DONE_NOTE_MS = 3_000;
const MINUTE_MS = 60_000;
/** Wider windows have room for the panel beside the messages. */
const WIDE = '(min-width: 1181px)';

let state: State | undefined;
let failure: string | undefined;
let source: EventSource | undefined;
let seen = 0;
let lastNote = 0;
let opener: Element | null = null;
const listeners = new Set<() => void>();
const personTimers = new Map<string, ReturnType<typeof setTimeout>>();

/** What the page shows; undefined until it is loaded. The component is drawn again whenever it changes. */
export function useStore(): State | undefined {
  const [, draw] = useState(0);
  useEffect(() => {
    const listener = () => draw((count) => count + 1);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  return state;
}

/** Why nothing could be loaded. */
export function startFailure(): string | undefined {
  return failure;
}

function change(part: Partial<State>): void {
  if (!state) return;
  state = { ...state, ...part };
  for (const listener of listeners) listener();
}

// --- Loading and listening -------------------------------------------------------------------------------

/** All there is to see in the stand-in at one moment. */
interface Workspace {
  /** Position in the event stream. */
  readonly since: number;
  /** By channel: its messages with their replies. */
  readonly channels: Readonly<Record<string, readonly Json[]>>;
  readonly users: Readonly<Record<string, Json>>;
}

/** Loads everything, listens from then on, and begins again whenever the connection is lost. */
export async function connect(): Promise<void> {
  source?.close();
  try {
    // Two questions, asked at once: while the past is played, every answer waits for its turn.
    const [start, { since, channels, users }] = await Promise.all([
      ask<Start>('/api/start'),
      ask<Workspace>('/api/slack/workspace'),
    ]);
    const messages = Object.fromEntries(
      Object.entries(channels).map(([id, threads]) => [id, messagesIn(id, threads)] as const),
    );
    const people = Object.fromEntries(
      start.people.map(({ id }) => [id, readPerson(users[id] ?? {})] as const),
    );
    state = { ...(state ?? opening(start)), start, messages, people, isConnected: true };
    hear(Date.parse(start.now));
    failure = undefined;
    seen = since;
    enter(routeIn(location.hash));
    listen();
  } catch (error) {
    failure = problemOf(error);
    change({ isConnected: false });
    if (!state) for (const listener of listeners) listener();
    setTimeout(() => void connect(), RETRY_MS);
  }
}

function opening(start: Start): State {
  const me = start.people[0]?.id ?? '';
  return {
    start,
    messages: {},
    people: {},
    me,
    route: { kind: 'none' },
    marks: readMarks(),
    lineAt: '',
    hidden: new Set(),
    notes: [],
    chosen: undefined,
    panel: 'aws',
    isPanelOpen: !isPanelAbove(),
    isMenuOpen: false,
    isConnected: true,
    clockAhead: 0,
    question: undefined,
  };
}

function messagesIn(channel: string, threads: readonly Json[]): Message[] {
  return threads
    .flatMap((root) => [root, ...jsonList(root['replies'])])
    .map((shown) => readMessage(channel, shown))
    .sort(byTs);
}

async function personView(user: string): Promise<PersonView> {
  return readPerson(await ask<Json>(`/api/slack/users/${user}`));
}

function byTs(a: Message, b: Message): number {
  return a.ts < b.ts ? -1 : 1;
}

function listen(): void {
  const events = new EventSource(`/api/slack/events?since=${seen}`);
  source = events;
  events.addEventListener('message', ({ data }) => {
    const happening: unknown = JSON.parse(String(data));
    if (isJson(happening)) take(happening);
  });
  events.addEventListener('error', () => {
    events.close();
    change({ isConnected: false });
    setTimeout(() => void connect(), RETRY_MS);
  });
}

/** Takes in one change of what people see. */
function take(happening: Json): void {
  seen = Number(happening['seq']);
  hear(Number(happening['at']));
  const [type, channel, user] = ['type', 'channel', 'user'].map((name) => textIn(happening[name]));
  if (type === undefined || channel === undefined || user === undefined) return;
  const shown = isJson(happening['shown']) ? happening['shown'] : undefined;
  if (type === 'message.posted' || type === 'message.updated') put(readMessage(channel, shown ?? {}));
  else if (type === 'message.deleted' && shown?.['subtype'] === 'tombstone') put(readMessage(channel, shown));
  else if (type === 'message.deleted') remove(channel, textIn(happening['ts']), user);
  else if (type === 'reaction.added' || type === 'reaction.removed') {
    const [ts, name] = [textIn(happening['ts']), textIn(shown?.['name'])];
    const message = state?.messages[channel]?.find((each) => each.ts === ts);
    if (message) put(withReaction(message, name, user, type === 'reaction.added'));
  } else if (type !== 'ack.timeout') refreshPerson(user);
}

/** Learns what time it is in the stand-in, whose clock can be moved. */
function hear(now: number): void {
  const clockAhead = now - Date.now();
  if (state && Math.abs(clockAhead - state.clockAhead) > MINUTE_MS) change({ clockAhead });
}

/** The stand-in's time, to the minute. */
export function minuteNow(from: State): number {
  return Math.floor((Date.now() + from.clockAhead) / MINUTE_MS) * MINUTE_MS;
}

function put(message: Message): void {
  if (!state) return;
  const { channel, ts } = message;
  const before = state.messages[channel] ?? [];
  const others = before.filter((each) => each.ts !== ts);
  change({ messages: { ...state.messages, [channel]: [...others, message].sort(byTs) } });
  readWhatIsOpen();
}

function remove(channel: string, ts: string, user: string): void {
  if (!state) return;
  const left = (state.messages[channel] ?? []).filter((each) => each.ts !== ts);
  change({ messages: { ...state.messages, [channel]: left } });
  refreshPerson(user);
}

/** Reads again what this person alone sees. */
export function refreshPerson(user: string): void {
  if (!state || !Object.hasOwn(state.people, user)) return;
  clearTimeout(personTimers.get(user));
  const read = async () => {
    try {
      const view = await personView(user);
      if (state) change({ people: { ...state.people, [user]: view } });
    } catch (error) {
      say('problem', words().notReached(problemOf(error)));
    }
  };
  personTimers.set(
    user,
    setTimeout(() => void read(), PERSON_AFTER_MS),
  );
}

// --- Who and where ---------------------------------------------------------------------------------------

/** The language of the page's frame: that of the person whom the page is. */
export function languageOf(from: State): PageLanguage {
  return from.people[from.me]?.locale.startsWith('ja') === true ? 'ja' : 'en';
}

/** The words of the page in the language of whoever looks at it. */
export function words(): Words {
  return wordsOf(state ? languageOf(state) : navigator.language.startsWith('ja') ? 'ja' : 'en');
}

/** The channels that this person is in and that are not archived. */
export function channelsOf(from: State, person: string): SlackChannel[] {
  return from.start.channels.filter(({ members, isArchived }) => members.includes(person) && !isArchived);
}

export function become(person: string): void {
  if (!state) return;
  change({ me: person, lineAt: '' });
  enter(state.route);
}

const LOCALES: Readonly<Record<PageLanguage, string>> = { ja: 'ja-JP', en: 'en-US' };

/** Changes the language of the person whom the page is, in the stand-in: the bot speaks it to them from then on. */
export async function speak(language: PageLanguage): Promise<void> {
  if (!state || languageOf(state) === language) return;
  const { me } = state;
  try {
    const { locale } = await ask<{ locale: string }>('/api/slack/users/locale', {
      user: me,
      locale: LOCALES[language],
    });
    const view = state.people[me];
    if (view) change({ people: { ...state.people, [me]: { ...view, locale } } });
    say('done', words().languageChosen);
  } catch (error) {
    say('problem', words().notReached(problemOf(error)));
  }
}

/** Goes where the address points; to the person's first channel where it points nowhere. */
export function enter(wanted: Route): void {
  if (!state) return;
  const mine = channelsOf(state, state.me);
  const isMine = wanted.kind === 'channel' && mine.some(({ id }) => id === wanted.channel);
  const first = mine[0];
  const route: Route =
    isMine || wanted.kind === 'home' || !first ? wanted : { kind: 'channel', channel: first.id };
  const located = withThread(route, state);
  const isSame =
    located.kind === 'channel' && state.route.kind === 'channel' && located.channel === state.route.channel;
  const lineAt =
    located.kind === 'channel' && !(isSame && state.lineAt !== '')
      ? (state.marks[state.me]?.[located.channel] ?? '0')
      : state.lineAt;
  change({ route: located, lineAt, isMenuOpen: false });
  readWhatIsOpen();
}

/** A link to a reply opens its thread. */
function withThread(route: Route, from: State): Route {
  if (route.kind !== 'channel' || route.message === undefined || route.thread !== undefined) return route;
  const message = from.messages[route.channel]?.find(({ ts }) => ts === route.message);
  return message?.threadTs === undefined ? route : { ...route, thread: message.threadTs };
}

// --- Read and unread -------------------------------------------------------------------------------------

/** What is before the person's eyes counts as read. */
export function readWhatIsOpen(): void {
  if (state?.route.kind !== 'channel' || document.visibilityState !== 'visible') return;
  const { channel, thread } = state.route;
  const all = state.messages[channel] ?? [];
  const roots = latestTs(all.filter(({ threadTs }) => threadTs === undefined));
  const replies = thread === undefined ? '' : latestTs(all.filter(({ threadTs }) => threadTs === thread));
  const mine = state.marks[state.me] ?? {};
  const next: Marks = {
    ...mine,
    [channel]: later(mine[channel], roots),
    ...(thread === undefined
      ? {}
      : { [`${channel}:${thread}`]: later(mine[`${channel}:${thread}`], replies) }),
  };
  if (Object.keys(next).every((key) => next[key] === mine[key])) return;
  const marks = { ...state.marks, [state.me]: next };
  writeMarks(marks);
  change({ marks });
}

function later(one: string | undefined, other: string): string {
  return one !== undefined && one > other ? one : other;
}

/** Whether a message is new to a person. */
export function isUnread(from: State, person: string, message: Message): boolean {
  if (message.user === person || message.isEphemeral) return false;
  const marks = from.marks[person] ?? {};
  const key = message.threadTs === undefined ? message.channel : `${message.channel}:${message.threadTs}`;
  return message.ts > (marks[key] ?? '');
}

/** Whether a message mentions a person, by name, by group or with everybody. */
function isForPerson(from: State, person: string, message: Message): boolean {
  const ids = mentionsIn(message);
  const groups = from.start.groups.filter(({ users }) => users.includes(person));
  return (
    ids.has(person) ||
    groups.some(({ id }) => ids.has(id)) ||
    ['!here', '!channel', '!everyone'].some((range) => ids.has(range))
  );
}

/** What the side bar says of a channel: anything new, and how much of it is for this person. */
export function unreadIn(from: State, person: string, channel: string): { any: boolean; mentions: number } {
  const news = (from.messages[channel] ?? []).filter((message) => isUnread(from, person, message));
  return {
    any: news.some(({ threadTs }) => threadTs === undefined),
    mentions: news.filter((message) => isForPerson(from, person, message)).length,
  };
}

// --- Small things ----------------------------------------------------------------------------------------

export function say(kind: Note['kind'], text: string, detail?: string): void {
  if (!state) return;
  lastNote += 1;
  const key = lastNote;
  const note: Note = { key, kind, text, ...(detail === undefined ? {} : { detail }) };
  // The same complaint twice is one complaint.
  const others = state.notes.filter((each) => each.text !== text);
  change({ notes: [...others, note] });
  if (kind === 'done') setTimeout(() => dismiss(key), DONE_NOTE_MS);
}

export function dismiss(key: number): void {
  if (state) change({ notes: state.notes.filter((note) => note.key !== key) });
}

/** Takes an ephemeral message out of sight. */
export function hide(message: Message): void {
  if (state) change({ hidden: new Set([...state.hidden, `${message.channel}:${message.ts}`]) });
}

export function lookBehind(message: Message): void {
  opener = document.activeElement;
  change({ chosen: { channel: message.channel, ts: message.ts }, panel: 'behind', isPanelOpen: true });
}

export function showPanel(panel: State['panel']): void {
  change({ panel });
}

/** Closing gives the focus back to what opened it. */
export function openPanel(isPanelOpen: boolean): void {
  if (isPanelOpen) opener = document.activeElement;
  change({ isPanelOpen, isMenuOpen: false });
  if (!isPanelOpen && opener instanceof HTMLElement) opener.focus();
}

/** Whether the panel lies over the messages instead of beside them. */
export function isPanelAbove(): boolean {
  return !matchMedia(WIDE).matches;
}

export function openMenu(isMenuOpen: boolean): void {
  change({ isMenuOpen });
}

/** Asks whether the person is sure. */
export function askWhetherSure(confirm: Json): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (isSure: boolean) => {
      change({ question: undefined });
      resolve(isSure);
    };
    change({ question: { confirm, answer } });
  });
}
