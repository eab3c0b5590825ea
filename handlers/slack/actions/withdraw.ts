import type { FrontBot } from '../../composition';
import { answerChange } from '../answer-change';
import { checkApproval } from '../check-approval';
import { queueHome } from '../events/home';
import { type Press, replyTo, whisper } from '../press';

/** What the record keeps as the reason of somebody who took their own wish back. */
const WITHDRAWN = 'withdrawn';

/** "Withdraw" on a change that waits: for whoever asked, and nobody else. */
export async function withdrawChange(press: Press, bot: FrontBot): Promise<void> {
  const checked = await checkApproval({ ...press, act: 'withdraw' }, bot);
  if ('refused' in checked) return whisper(press, bot, checked.refused);
  await answerChange(
    { type: 'deny', reason: WITHDRAWN },
    checked,
    { id: press.user, name: press.name },
    replyTo(press),
    bot,
  );
  // A card follows by itself; the page is drawn again behind the change.
  if (press.onHome) await queueHome(press.user, 1, press.triggerId, bot, checked.change.target);
}
