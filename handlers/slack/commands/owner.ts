import { drawAnswer, drawUsage } from '../../../blocks/cards/answers';
import { drawOwnerAsked, drawOwnerOffer } from '../../../blocks/cards/owner';
import type { Message } from '../../../blocks/kit';
import { type AccountId, accountId, type Principal, principal } from '../../../src/accounts';
import { wishProblem } from '../../../src/registry';
import { derivedId } from '../../../src/store';
import type { FrontBot } from '../../composition';
import { ownerOffer } from '../../owner-offer';
import { noteDenial } from '../note-denial';
import { proposeOwner } from '../propose-owner';
import { accountArgument } from './account';
import type { Subcommand, Typed } from './subcommand';

/** A user or a user group as Slack writes one into an escaped command. */
const WHO = /^<(?:@|!subteam\^)([UWS][A-Z0-9]+)(?:\|[^>]*)?>$/;

/** The person or group that stands last in a command; undefined where none does. */
function whoIn(args: readonly string[]): Principal | undefined {
  return principal(WHO.exec(args.at(-1) ?? '')?.[1] ?? '');
}

async function propose(id: AccountId, owner: Principal, typed: Typed, bot: FrontBot): Promise<Message> {
  const { user, language, triggerId } = typed;
  const account = bot.accounts.lookup(id);
  const offer = await ownerOffer(user, account, bot);
  // Who may not set an owner may still say: it is mine.
  const claims = offer.may === 'claim' && owner === user;
  if (offer.may !== 'set' && !claims) {
    const { kind, ruling, ask } = offer.refusal;
    await noteDenial({ user, name: typed.name, kind, ref: id, account: id, ruling }, bot);
    return drawAnswer({ kind: 'ruling', ruling, ask }, language);
  }
  const problem = await wishProblem({ owner }, bot.registry);
  if (problem) return drawAnswer({ kind: 'owner problem', problem: problem.problem }, language);
  const kind = claims ? 'claim-account' : 'register-owner';
  await proposeOwner(
    {
      id: derivedId(kind, user, id, triggerId),
      kind,
      actor: { id: user, name: typed.name },
      account: id,
      payload: claims ? {} : { owner },
      replyTo: { channel: typed.channel },
    },
    bot,
  );
  return drawOwnerAsked({ account, owner, claims }, language);
}

export const ownerCommand: Subcommand = {
  name: 'owner',
  usage: '/secops owner ACCOUNT [@USER]',
  about: {
    ja: 'アカウントの責任者（人かユーザーグループ）を登録、変更します。責任者のいないアカウントには、自分で申し出ることもできます。',
    en: 'Sets or hands over the owner of an account, a person or a user group. Anybody may claim one that has none.',
  },
  async execute(typed, bot) {
    const { args, language } = typed;
    const who = whoIn(args);
    const words = who === undefined ? args : args.slice(0, -1);
    const last = words.at(-1) ?? '';
    // A name that Slack could not turn into a person, or nothing at all.
    if (words.length === 0 || /^(<[@!]|@)/.test(last)) return drawUsage([ownerCommand], language, 'nobody');
    const found = await accountArgument(words, (account) => `/secops owner ${account}`, typed, bot);
    if ('answer' in found) return found.answer;
    const id = accountId(found.account ?? '');
    if (id === undefined) return drawUsage([ownerCommand], language);
    if (who !== undefined) return propose(id, who, typed, bot);
    // A dialog takes longer than a command may: its button opens it.
    const offer = await ownerOffer(typed.user, bot.accounts.lookup(id), bot);
    return drawOwnerOffer({ account: bot.accounts.lookup(id), offer: offer.may }, language);
  },
};
