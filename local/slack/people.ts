import { checkSuggestions } from '../../blocks/kit/check';
import { commandText } from './command-text';
import type { Context } from './context';
import {
  filled,
  findElement,
  formErrors,
  rememberSuggestions,
  type ShownElement,
  shownElements,
} from './elements';
import type { Ack, Envelope } from './envelope';
import type { UserFixture } from './fixtures';
import { isJson, type Json, jsonList } from './json';
import {
  blockActionsPayload,
  blocksOf,
  closedPayload,
  commandPayload,
  eventPayload,
  type Place,
  submissionPayload,
  suggestionPayload,
} from './payloads';
import { ImpossibleAct, Refusal } from './refusal';
import type { OpenView } from './views';
import { type Channel, isReactionName, type Message } from './workspace';

/** What a person sees when Slack has got the app's ack, or has stopped waiting for it. */
export interface Seen {
  ack: Ack['status'] | 'not_sent';
  /** Position in the event stream before the act: what came of it is after this. */
  since: number;
  httpStatus?: number;
  /** The message that the ack of a slash command showed. */
  message?: Json;
  /** Complaints in the open modal, by block_id. */
  errors?: Record<string, string>;
  /** The topmost open modal. */
  modal?: Json;
  /** The person's App Home. */
  home?: Json;
  /** Options of an external select. */
  options?: Json[];
  /** What Slack itself says when the app fails. */
  trouble?: string;
}

/** Where a person uses an element: a message (ephemeral or not), the open modal, or App Home. */
export type Spot = { channel: string; ts: string } | { surface: 'modal' | 'home' };

export interface Pick {
  actionId: string;
  blockId?: string;
  value?: string;
}

const LOCALE = /^[a-z]{2}-[A-Z]{2}$/;

/** What people can do in this Slack; each act waits for the app's ack. */
export class People {
  constructor(private readonly context: Context) {}

  async command(act: { user: string; channel: string; command: string; text: string }): Promise<Seen> {
    const user = this.person(act.user);
    const channel = this.channel(act.channel);
    const text = commandText(act.text, this.context.workspace);
    const payload = commandPayload(act.command, text, user, channel, this.context);
    return this.deliver(user, { type: 'slash_commands', payload }, (body) => {
      if (Object.keys(body).length === 0) return {};
      const message = this.context.responseUrls.show({ user: user.id, channel }, body);
      return message ? { message } : {};
    });
  }

  async press(userId: string, spot: Spot, pick: Pick): Promise<Seen> {
    const user = this.person(userId);
    const place = this.place(user, spot);
    const used = findElement(blocksOf(place), pick);
    if (used.type !== 'button' && used.type !== 'workflow_button' && used.type !== 'icon_button') {
      throw new ImpossibleAct(`${used.actionId} is a ${used.type}, not a button`);
    }
    const { text, value, style } = used.element;
    const action = {
      text,
      ...(value === undefined ? {} : { value }),
      ...(style === undefined ? {} : { style }),
    };
    return this.act(action, used, place, user);
  }

  /** Chooses from a menu or fills a field; the app hears of it when the element dispatches. */
  async choose(userId: string, spot: Spot, pick: Pick, input: unknown): Promise<Seen> {
    const user = this.person(userId);
    const place = this.place(user, spot);
    const used = findElement(blocksOf(place), pick);
    const state = filled(used, input);
    if (used.type !== 'overflow') this.keep(place, used, state);
    if (!used.dispatches) return { ack: 'not_sent', ...this.seen(user, this.context.journal.position) };
    return this.act(state, used, place, user);
  }

  /** Types into an external select and gets the app's suggestions, which can be chosen from then on. */
  async suggest(userId: string, spot: Spot, pick: Pick, query: string): Promise<Seen> {
    const user = this.person(userId);
    const place = this.place(user, spot);
    const used = findElement(blocksOf(place), pick);
    if (!used.type.endsWith('external_select')) {
      throw new ImpossibleAct(`${used.actionId} is a ${used.type}; only external selects ask the app`);
    }
    const least = Number(used.element['min_query_length'] ?? 3);
    if (query.length < least) throw new ImpossibleAct(`Slack asks the app only after ${least} characters`);
    const payload = suggestionPayload(query, used, place, user, this.context);
    return this.deliver(user, { type: 'interactive', payload }, (body) => {
      const problems = checkSuggestions(body);
      if (problems.length > 0) {
        throw new Refusal('invalid_options', { errors: problems.map(({ message }) => message) });
      }
      const groups = jsonList(body['option_groups']).flatMap((group) => jsonList(group['options']));
      const options = [...jsonList(body['options']), ...groups];
      rememberSuggestions(used.element, options);
      return { options };
    });
  }

  /** Fills the open modal by action_id (or block_id) and submits it. */
  async submit(userId: string, inputs: Json): Promise<Seen> {
    const user = this.person(userId);
    const view = this.modalOf(user);
    for (const [key, input] of Object.entries(inputs)) {
      const used = findField(view.blocks, key);
      this.context.views.fill(view, used.blockId, used.actionId, filled(used, input));
    }
    if (view.given['submit'] === undefined) throw new ImpossibleAct('the open modal has no submit button');
    const errors = formErrors(view.blocks, view.values);
    this.context.views.complain(view, errors);
    if (Object.keys(errors).length > 0) {
      return { ack: 'not_sent', ...this.seen(user, this.context.journal.position), errors };
    }
    const payload = submissionPayload(view, user, this.context);
    return this.deliver(user, { type: 'interactive', payload }, (body) => this.afterSubmit(view, body));
  }

  /** Closes the topmost modal, or all of them; the app hears of it where it asked to. */
  async closeModal(userId: string, everything: boolean): Promise<Seen> {
    const user = this.person(userId);
    const view = this.modalOf(user);
    const { views, journal } = this.context;
    const since = journal.position;
    const cleared = everything || view.given['clear_on_close'] === true;
    const payload = closedPayload(view, cleared, user, this.context);
    if (cleared) views.clear(user.id);
    else views.closeTop(user.id);
    if (view.given['notify_on_close'] !== true) return { ack: 'not_sent', ...this.seen(user, since) };
    return { ...(await this.deliver(user, { type: 'interactive', payload }, () => ({}))), since };
  }

  /** Mentions the bot in a channel or a thread. */
  async mention(act: { user: string; channel: string; text: string; threadTs?: string }): Promise<Seen> {
    const user = this.person(act.user);
    const channel = this.channel(act.channel);
    const { workspace, journal } = this.context;
    const since = journal.position;
    const text = `<@${workspace.about.botUserId}> ${act.text}`;
    const ts = this.say({ ...act, text });
    if (!workspace.isMember(channel)) return { ack: 'not_sent', ...this.seen(user, since) };
    const event = {
      type: 'app_mention',
      ...(user.isBot ? { bot_id: user.id.replace(/^[UW]/, 'B') } : {}),
      user: user.id,
      team: workspace.teamOf(user),
      text,
      ts,
      channel: channel.id,
      ...(act.threadTs === undefined ? {} : { thread_ts: act.threadTs }),
    };
    const payload = eventPayload(event, this.context);
    return { ...(await this.deliver(user, { type: 'events_api', payload }, () => ({}))), since };
  }

  /** Writes a message as a person; the app is not told. @returns its ts */
  say(act: { user: string; channel: string; text: string; threadTs?: string }): string {
    const user = this.person(act.user);
    const channel = this.channel(act.channel);
    const { workspace } = this.context;
    if (act.threadTs !== undefined && !workspace.find(channel, act.threadTs)) {
      throw new ImpossibleAct(`there is no message ${act.threadTs} in ${channel.id}`);
    }
    const { ts } = workspace.post(channel, {
      user: user.id,
      fromApp: false,
      text: act.text,
      blocks: [],
      ...(act.threadTs === undefined ? {} : { threadTs: act.threadTs }),
    });
    return ts;
  }

  /** Adds a person's reaction to a message; the app is not told. */
  react(act: { user: string; channel: string; ts: string; name: string }): { ok: true } {
    this.whileReacting(act, (channel, message) => this.context.workspace.react(channel, message, act));
    return { ok: true };
  }

  /** Takes a person's reaction back; the app is not told. */
  unreact(act: { user: string; channel: string; ts: string; name: string }): { ok: true } {
    this.whileReacting(act, (channel, message) => this.context.workspace.unreact(channel, message, act));
    return { ok: true };
  }

  /** Chooses a person's language, as Slack names it; the app is not told. */
  chooseLocale(userId: string, locale: string): { locale: string } {
    const user = this.person(userId);
    if (!LOCALE.test(locale)) throw new ImpossibleAct('locale must be one such as ja-JP or en-US');
    this.context.workspace.setLocale(user, locale);
    return { locale };
  }

  /** Deactivates a person's account; the app is not told. */
  leave(userId: string): { deleted: true } {
    this.context.workspace.deactivate(this.person(userId));
    return { deleted: true };
  }

  /** Says who is in a user group from now on; the app is not told. */
  fillGroup(id: string, users: unknown): { users: readonly string[] } {
    const group = this.context.workspace.userGroups.get(id);
    if (!group) throw new ImpossibleAct(`there is no user group ${id}`);
    if (!Array.isArray(users) || !users.every((user) => typeof user === 'string')) {
      throw new ImpossibleAct('users must be a list of user ids');
    }
    group.users = users;
    return { users };
  }

  async openHome(userId: string): Promise<Seen> {
    const user = this.person(userId);
    const { views, workspace } = this.context;
    const home = views.home(user.id);
    const event = {
      type: 'app_home_opened',
      user: user.id,
      channel: workspace.directMessage(user.id)?.id,
      tab: 'home',
      ...(home ? { view: views.shown(home) } : {}),
    };
    const payload = eventPayload(event, this.context);
    return this.deliver(user, { type: 'events_api', payload }, () => ({}));
  }

  // --- What the acts are made of ---------------------------------------------------------------------------

  private act(action: Json, used: ShownElement, place: Place, user: UserFixture): Promise<Seen> {
    const payload = blockActionsPayload(action, used, place, user, this.context);
    return this.deliver(user, { type: 'interactive', payload }, () => ({}));
  }

  private async deliver(
    user: UserFixture,
    envelope: Envelope,
    onAck: (body: Json) => Partial<Seen>,
  ): Promise<Seen> {
    const since = this.context.journal.position;
    const ack = await this.context.delivery.deliver(envelope);
    const shown = ack.status === 'acked' ? this.applied(() => onAck(ack.body)) : this.failed(ack, user);
    return { ack: ack.status, ...this.seen(user, since), ...shown };
  }

  /** An ack that Slack cannot use shows as trouble to the person; the app is not told. */
  private applied(apply: () => Partial<Seen>): Partial<Seen> {
    try {
      return apply();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const detail = Array.isArray(error.detail['errors']) ? `: ${error.detail['errors'].join('; ')}` : '';
      return { trouble: `Slack refused the ack with ${error.code}${detail}` };
    }
  }

  private failed(ack: Exclude<Ack, { status: 'acked' }>, user: UserFixture): Partial<Seen> {
    if (ack.status === 'timeout') {
      this.context.journal.record({ type: 'ack.timeout', user: user.id });
      return { trouble: 'the app did not answer within three seconds (operation_timeout)' };
    }
    if (ack.status === 'failed') {
      return { httpStatus: ack.httpStatus, trouble: `the app answered HTTP ${ack.httpStatus}` };
    }
    return { trouble: 'the app could not be reached (dispatch_failed)' };
  }

  private afterSubmit(view: OpenView, body: Json): Partial<Seen> {
    const { views } = this.context;
    const next = isJson(body['view']) ? body['view'] : {};
    switch (body['response_action']) {
      case undefined:
        views.closeTop(view.user);
        return {};
      case 'clear':
        views.clear(view.user);
        return {};
      case 'update':
        views.update(view, next);
        return {};
      case 'push':
        views.push(view.user, next);
        return {};
      case 'errors':
        return this.complain(view, body['errors']);
      default:
        throw new Refusal('invalid_response_action');
    }
  }

  /** Slack shows errors at input blocks only, and gives up on any other block_id. */
  private complain(view: OpenView, given: unknown): Partial<Seen> {
    const inputs = new Set(
      view.blocks.filter(({ type }) => type === 'input').map((block) => block['block_id']),
    );
    const errors = Object.entries(isJson(given) ? given : {});
    const stray = errors.filter(([blockId, message]) => !inputs.has(blockId) || typeof message !== 'string');
    if (errors.length === 0 || stray.length > 0) {
      const names = stray.map(([blockId]) => `${blockId} is not an input block`);
      throw new Refusal('invalid_errors', { errors: names });
    }
    const shown = Object.fromEntries(errors.map(([blockId, message]) => [blockId, String(message)]));
    this.context.views.complain(view, shown);
    return { errors: shown };
  }

  private seen(user: UserFixture, since: number): Omit<Seen, 'ack'> {
    const home = this.context.views.home(user.id);
    return {
      since,
      ...this.modalNow(user.id),
      ...(home ? { home: this.context.views.shown(home) } : {}),
    };
  }

  private modalNow(user: string): Partial<Seen> {
    const top = this.context.views.top(user);
    return top ? { modal: this.context.views.shown(top) } : {};
  }

  private whileReacting(
    act: { user: string; channel: string; ts: string; name: string },
    change: (channel: Channel, message: Message) => void,
  ): void {
    this.person(act.user);
    const channel = this.channel(act.channel);
    const message = this.context.workspace.find(channel, act.ts);
    if (!message || message.deleted) {
      throw new ImpossibleAct(`there is no message ${act.ts} in ${channel.id}`);
    }
    if (!isReactionName(act.name)) throw new ImpossibleAct('name must be that of an emoji, without colons');
    try {
      change(channel, message);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      throw new ImpossibleAct(`Slack says ${error.code}`);
    }
  }

  private keep(place: Place, used: ShownElement, state: Json): void {
    if (place.kind === 'view') {
      this.context.views.fill(place.view, used.blockId, used.actionId, state);
      return;
    }
    const { message } = place;
    const block = message.values[used.blockId];
    message.values = {
      ...message.values,
      [used.blockId]: { ...(isJson(block) ? block : {}), [used.actionId]: state },
    };
  }

  private person(id: string): UserFixture {
    const user = this.context.workspace.users.get(id);
    if (!user) throw new ImpossibleAct(`there is no user ${id}`);
    if (user.deleted) throw new ImpossibleAct(`${id} is deactivated`);
    return user;
  }

  private channel(id: string): Channel {
    const channel = this.context.workspace.channels.get(id);
    if (!channel) throw new ImpossibleAct(`there is no channel ${id}`);
    return channel;
  }

  private modalOf(user: UserFixture): OpenView {
    const view = this.context.views.top(user.id);
    if (!view) throw new ImpossibleAct(`${user.id} has no open modal`);
    return view;
  }

  private place(user: UserFixture, spot: Spot): Place {
    const { views, workspace } = this.context;
    if ('surface' in spot) {
      const home = views.home(user.id);
      if (spot.surface === 'modal') return { kind: 'view', view: this.modalOf(user) };
      if (home) return { kind: 'view', view: home };
      throw new ImpossibleAct(`${user.id} has no App Home yet`);
    }
    const channel = this.channel(spot.channel);
    const message = workspace.find(channel, spot.ts);
    if (message) return { kind: 'message', channel, message };
    const ephemeral = workspace
      .ephemeralsOf(user.id)
      .find((entry) => entry.channel === channel.id && entry.ts === spot.ts);
    if (ephemeral) return { kind: 'message', channel, message: ephemeral.message, ephemeral };
    throw new ImpossibleAct(`${user.id} sees no message ${spot.ts} in ${channel.id}`);
  }
}

function findField(blocks: Json[], key: string): ShownElement {
  const inBlock = shownElements(blocks).filter((shown) => shown.isInput && shown.blockId === key);
  const [only] = inBlock;
  return only && inBlock.length === 1 ? only : findElement(blocks, { actionId: key });
}
