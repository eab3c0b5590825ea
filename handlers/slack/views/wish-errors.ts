import { BLOCKS } from '../../../blocks/ids';
import { words } from '../../../blocks/words';
import { isUserGroup } from '../../../src/accounts';
import type { Language } from '../../../src/playbooks';
import { type AccountWish, wishProblem } from '../../../src/registry';
import type { FrontBot } from '../../composition';

/** What cannot be registered of an account, at the input in which it was chosen. */
export async function wishErrors(
  { owner, deputy, channel }: Pick<AccountWish, 'owner' | 'deputy' | 'channel'>,
  bot: FrontBot,
  language: Language,
): Promise<Record<string, string>> {
  const found = await wishProblem({ owner, deputy, channel }, bot.registry);
  if (found === undefined) return {};
  const byGroup = owner && isUserGroup(owner) ? BLOCKS.ownerGroup : BLOCKS.ownerPerson;
  const blocks = { owner: byGroup, deputy: BLOCKS.deputyPerson, channel: BLOCKS.ownerChannel };
  return { [blocks[found.field]]: words(language).owners.problems[found.problem] };
}
