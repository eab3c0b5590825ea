import type { FrontBot } from '../../composition';
import { answerChange } from '../answer-change';
import { checkApproval } from '../check-approval';
import { type Press, replyTo, whisper } from '../press';

/** "Approve" on a change that waits: counts once a person, for what they saw. */
export async function approveChange(press: Press, bot: FrontBot): Promise<void> {
  const checked = await checkApproval({ ...press, act: 'approve' }, bot);
  if ('refused' in checked) return whisper(press, bot, checked.refused);
  await answerChange({ type: 'approve' }, checked, { id: press.user, name: press.name }, replyTo(press), bot);
}
