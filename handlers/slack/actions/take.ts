import type { FrontBot } from '../../composition';
import { allowed, type Press } from '../press';
import { proposeByButton } from '../propose';

/** "I'll take it". */
export async function takeRequest(press: Press, bot: FrontBot): Promise<void> {
  if (await allowed(press, bot, press.value, 'take')) await proposeByButton(press, bot, 'take', press.value);
}
