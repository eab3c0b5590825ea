import type { Call } from './calls';
import type { Happening, HappeningType } from './journal';
import type { Json } from './json';
import type { Seen, Spot } from './people';

/** One message of a channel with its replies, oldest first. */
export interface Thread extends Json {
  ts: string;
  text: string;
  blocks?: Json[];
  replies: Json[];
}

interface Picked {
  action_id: string;
  block_id?: string;
  value?: unknown;
}

/** Acts as people on a stand-in over its control API; every refused act throws with what it says. */
export class SlackPeople {
  /** @param url of the stand-in, without a trailing slash */
  constructor(private readonly url: string) {}

  command(user: string, channel: string, text: string, command = '/secops'): Promise<Seen> {
    return this.call('POST', 'command', { user, channel, text, command });
  }

  press(user: string, spot: Spot, picked: Picked): Promise<Seen> {
    return this.call('POST', 'press', { user, ...spot, ...picked });
  }

  choose(user: string, spot: Spot, picked: Picked): Promise<Seen> {
    return this.call('POST', 'choose', { user, ...spot, ...picked });
  }

  suggest(user: string, spot: Spot, picked: Picked, query: string): Promise<Seen> {
    return this.call('POST', 'suggest', { user, ...spot, ...picked, query });
  }

  submit(user: string, values: Json): Promise<Seen> {
    return this.call('POST', 'submit', { user, values });
  }

  close(user: string, all = false): Promise<Seen> {
    return this.call('POST', 'close', { user, all });
  }

  mention(user: string, channel: string, text: string, threadTs?: string): Promise<Seen> {
    return this.call('POST', 'mention', { user, channel, text, thread_ts: threadTs });
  }

  say(user: string, channel: string, text: string, threadTs?: string): Promise<{ ts: string }> {
    return this.call('POST', 'say', { user, channel, text, thread_ts: threadTs });
  }

  async react(user: string, channel: string, ts: string, name: string): Promise<void> {
    await this.call('POST', 'react', { user, channel, ts, name });
  }

  async unreact(user: string, channel: string, ts: string, name: string): Promise<void> {
    await this.call('POST', 'unreact', { user, channel, ts, name });
  }

  home(user: string): Promise<Seen> {
    return this.call('POST', 'home', { user });
  }

  async chooseLocale(user: string, locale: string): Promise<void> {
    await this.call('POST', 'users/locale', { user, locale });
  }

  /** Deactivates a person's account. */
  async leave(user: string): Promise<void> {
    await this.call('POST', 'users/leave', { user });
  }

  /** Says who is in a user group from now on. */
  async fillGroup(group: string, ...users: readonly string[]): Promise<void> {
    await this.call('POST', 'groups', { group, users });
  }

  channel(id: string): Promise<Thread[]> {
    return this.call('GET', `channels/${id}`);
  }

  thread(channel: string, ts: string): Promise<Thread> {
    return this.call('GET', `channels/${channel}/${ts}`);
  }

  user(id: string): Promise<{ ephemerals: Json[]; modal: Json | null; modals: Json[]; home: Json | null }> {
    return this.call('GET', `users/${id}`);
  }

  calls(method?: string): Promise<Call[]> {
    return this.call('GET', method === undefined ? 'calls' : `calls?method=${method}`);
  }

  async forgetCalls(): Promise<void> {
    await this.call('DELETE', 'calls');
  }

  async fail(fault: Json): Promise<void> {
    await this.call('POST', 'faults', fault);
  }

  async stopFailing(): Promise<void> {
    await this.call('DELETE', 'faults');
  }

  /** Moves Slack's clock: so many milliseconds ahead of the one it was started with, or behind it. */
  async moveClock(offsetMs: number): Promise<void> {
    await this.call('POST', 'clock', { offsetMs });
  }

  /** Sends signed HTTP requests there from now on, instead of using the socket. */
  async deliverTo(url: string, signingSecret: string): Promise<void> {
    await this.call('POST', 'delivery', { url, signing_secret: signingSecret });
  }

  /**
   * The first change that fits, after `since` (an act's answer carries it).
   * @throws Error when none comes within `timeout` milliseconds
   */
  async wait(
    wanted: { type: HappeningType; since: number; channel?: string; user?: string },
    timeout = 5000,
  ): Promise<Happening> {
    const query = new URLSearchParams({ timeout: String(timeout) });
    for (const [name, value] of Object.entries(wanted)) query.set(name, String(value));
    const { happening } = await this.call<{ happening: Happening | null }>('GET', `wait?${query.toString()}`);
    if (happening) return happening;
    throw new Error(`no ${wanted.type} came within ${timeout} ms`);
  }

  private async call<T>(method: string, path: string, body?: Json): Promise<T> {
    const response = await fetch(`${this.url}/control/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const answer = (await response.json()) as T & { error?: string };
    if (!response.ok) throw new Error(answer.error ?? `HTTP ${response.status}`);
    return answer;
  }
}
