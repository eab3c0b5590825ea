import type { FrontBot } from '../../composition';
import { allowed, type Press } from '../press';
import { proposeByButton } from '../propose';

/** "I fixed it". */
export async function reportRequestFixed(press: Press, bot: FrontBot): Promise<void> {
  if (await allowed(press, bot, press.value, 'report-fixed')) {
    await proposeByButton(press, bot, 'report-fixed', press.value);
  }
}
