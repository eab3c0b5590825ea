import type { BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { drawAnswer } from '../../blocks/cards/answers';
import { type Asker, type Ruling, rule } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import type { Change } from '../../src/changes';
import { parseRequestRef, type RequestKey } from '../../src/requests';
import { SlackRefused } from '../../src/slack';
import type { FrontBot } from '../composition';
import { guarded } from './guarded';
import { noteDenial } from './note-denial';

type ActionArgs = SlackActionMiddlewareArgs<BlockAction>;

/** One press of a button or choice of a menu, with what every listener needs of it. */
export interface Press {
  readonly user: Principal;
  readonly name: string;
  /** The button's value, or that of the chosen option. */
  readonly value: string;
  readonly triggerId: string;
  /** The block that was pressed in. */
  readonly block: string;
  /** Where its message stands, and of a press on the bot's own page the default channel; absent in a modal. */
  readonly channel?: string;
  /** It was pressed on the bot's own page, which shows nothing new until it is drawn again. */
  readonly onHome: boolean;
  /** The thread, for a press in one of its replies: whoever presses in the channel may not have it open. */
  readonly thread?: string;
  /** What the person saw when pressing: two presses of the same card are one wish. */
  readonly shown: string;
  readonly view?: { readonly id: string; readonly metadata: string };
  readonly responseUrl?: string;
}

function chosenValue(action: BlockElementAction): string {
  if (action.type === 'button') return action.value ?? '';
  if (action.type === 'overflow') return action.selected_option.value;
  if (action.type === 'external_select') return action.selected_option?.value ?? '';
  return '';
}

/** Slack sends no content of ephemeral messages; where one stands, its container says. */
function threadOf({ message, container }: BlockAction): string | undefined {
  const thread: unknown = message === undefined ? container['thread_ts'] : message.thread_ts;
  const ts: unknown = message === undefined ? container['message_ts'] : message.ts;
  return typeof thread === 'string' && thread !== ts ? thread : undefined;
}

function pressOf({ body, action }: ActionArgs, bot: FrontBot): Press | undefined {
  const user = principal(body.user.id);
  if (user === undefined) return undefined;
  const onHome = body.view?.type === 'home';
  // A page has no channel, and the bot sends no direct messages: its answers go where everybody can be.
  const channel = onHome ? bot.settings.DEFAULT_CHANNEL_ID : body.channel?.id;
  const message = body.message?.ts;
  const edited = (body.message as { edited?: { ts?: string } } | undefined)?.edited?.ts;
  const thread = threadOf(body);
  return {
    user,
    name: body.user.name ?? body.user.username ?? user,
    value: chosenValue(action),
    triggerId: body.trigger_id,
    block: action.block_id,
    ...(channel !== undefined && { channel }),
    onHome,
    ...(thread !== undefined && { thread }),
    shown: edited ?? message ?? body.view?.hash ?? '',
    ...(body.view && { view: { id: body.view.id, metadata: body.view.private_metadata } }),
    ...(body.response_url && { responseUrl: body.response_url }),
  };
}

/** Acknowledges a press at once, then serves it; a failure is told where it was pressed. */
export function onPress(bot: FrontBot, serve: (press: Press, bot: FrontBot) => Promise<void>) {
  return async (args: ActionArgs): Promise<void> => {
    await args.ack();
    const press = pressOf(args, bot);
    if (press === undefined) return;
    await guarded(
      bot,
      press.user,
      () => serve(press, bot),
      (reference) => whisper(press, bot, { kind: 'failure', reference }),
    );
  };
}

/** Says something to the person who pressed, and to nobody else. */
export async function whisper(
  press: Press,
  bot: FrontBot,
  answer: Parameters<typeof drawAnswer>[0],
): Promise<void> {
  const message = drawAnswer(answer, bot.knownLanguageOf(press.user));
  const { channel, responseUrl } = press;
  try {
    if (channel !== undefined) {
      await bot.ports.slack.ephemeral(channel, press.user, message, press.thread);
      return;
    }
  } catch (error) {
    // A list may have been asked for where the bot is no member; its own address still reaches the person.
    if (!(error instanceof SlackRefused) || (responseUrl === undefined && !press.onHome)) throw error;
    if (press.onHome) {
      bot.ports.log.warn('a person could not be answered', { user: press.user, code: error.code });
    }
  }
  if (responseUrl !== undefined) await bot.ports.respond(responseUrl, message);
}

/** Where a change that a press asks for is answered; undefined in a modal. */
export function replyTo({ channel, thread }: Press): Change['replyTo'] {
  return channel === undefined ? undefined : { channel, ...(thread !== undefined && { thread }) };
}

export interface Allowed {
  readonly key: RequestKey;
  readonly ref: string;
  readonly asker: Asker;
}

/** What is said to somebody who may not, or whose request is gone. */
export interface Refused {
  readonly refused: Parameters<typeof drawAnswer>[0];
}

/**
 * The request a press is about, if this person may do that to it, else what to tell them. Rights are looked at here
 * with remembered roles, and again with fresh ones when the change is applied.
 * @param whomToAsk who could do it instead, for members who may not
 */
export async function checkPress(
  press: Press,
  bot: FrontBot,
  ref: string,
  kind: string,
  whomToAsk: readonly Principal[] = [],
): Promise<Allowed | Refused> {
  const key = parseRequestRef(ref);
  if (key === undefined) {
    bot.ports.log.warn('a button carried an unknown reference', { user: press.user, kind });
    return { refused: { kind: 'outcome', outcome: 'gone' } };
  }
  const asker = await bot.directory.askerFor(press.user, bot.intake.accounts(key.account), false);
  const ruling: Ruling = rule(asker, { kind, severity: 'LOW' }, bot.config.access);
  // What needs an approval is proposed all the same: those who may give it are asked then.
  if (ruling.effect !== 'deny') return { key, ref, asker };
  await noteDenial({ ...press, kind, ref, ruling }, bot);
  return { refused: { kind: 'ruling', ruling, ask: asker.standing === 'member' ? whomToAsk : [] } };
}

/** The same for a press whose answer is no modal: who may not is told in the channel, seen by nobody else. */
export async function allowed(
  press: Press,
  bot: FrontBot,
  ref: string,
  kind: string,
): Promise<Allowed | undefined> {
  const checked = await checkPress(press, bot, ref, kind);
  if (!('refused' in checked)) return checked;
  await whisper(press, bot, checked.refused);
  return undefined;
}
