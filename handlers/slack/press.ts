import type { BlockAction, BlockElementAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { drawAnswer } from '../../blocks/cards/answers';
import { type Asker, type Ruling, rule } from '../../src/access';
import { type Principal, principal } from '../../src/accounts';
import { parseRequestRef, type RequestKey } from '../../src/requests';
import { SlackRefused } from '../../src/slack';
import type { Bot } from '../composition';
import { guarded } from './guarded';

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
  /** The message it stands in: the card, and so the thread; absent in a modal. */
  readonly channel?: string;
  readonly message?: string;
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

function pressOf({ body, action }: ActionArgs): Press | undefined {
  const user = principal(body.user.id);
  if (user === undefined) return undefined;
  const channel = body.channel?.id;
  const message = body.message?.ts;
  const edited = (body.message as { edited?: { ts?: string } } | undefined)?.edited?.ts;
  return {
    user,
    name: body.user.name ?? body.user.username ?? user,
    value: chosenValue(action),
    triggerId: body.trigger_id,
    block: action.block_id,
    ...(channel !== undefined && { channel }),
    ...(message !== undefined && { message }),
    shown: edited ?? message ?? body.view?.hash ?? '',
    ...(body.view && { view: { id: body.view.id, metadata: body.view.private_metadata } }),
    ...(body.response_url && { responseUrl: body.response_url }),
  };
}

/** Acknowledges a press at once, then serves it; a failure is told where it was pressed. */
export function onPress(bot: Bot, serve: (press: Press, bot: Bot) => Promise<void>) {
  return async (args: ActionArgs): Promise<void> => {
    await args.ack();
    const press = pressOf(args);
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
  bot: Bot,
  answer: Parameters<typeof drawAnswer>[0],
): Promise<void> {
  const message = drawAnswer(answer, bot.knownLanguageOf(press.user));
  const { channel, responseUrl } = press;
  try {
    if (channel !== undefined) {
      await bot.ports.slack.ephemeral(channel, press.user, message, press.message);
      return;
    }
  } catch (error) {
    // A list may have been asked for where the bot is no member; its own address still reaches the person.
    if (!(error instanceof SlackRefused) || responseUrl === undefined) throw error;
  }
  if (responseUrl !== undefined) await bot.ports.respond(responseUrl, message);
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
  bot: Bot,
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
  if (ruling.effect === 'allow') return { key, ref, asker };
  bot.ports.log.warn('a press was denied', { user: press.user, kind, record: ref });
  return { refused: { kind: 'ruling', ruling, ask: asker.member ? whomToAsk : [] } };
}

/** The same for a press whose answer is no modal: who may not is told in the channel, seen by nobody else. */
export async function allowed(
  press: Press,
  bot: Bot,
  ref: string,
  kind: string,
): Promise<Allowed | undefined> {
  const checked = await checkPress(press, bot, ref, kind);
  if (!('refused' in checked)) return checked;
  await whisper(press, bot, checked.refused);
  return undefined;
}
