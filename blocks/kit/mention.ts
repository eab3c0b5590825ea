import { isUserGroup, type Principal, principal } from '../../src/accounts';
import { code, mrk, type SafeMrkdwn } from './safe-mrkdwn';

/** Mentions a user or a user group. The id is checked again here: nothing else may ever become a mention. */
export function mention(who: Principal): SafeMrkdwn {
  const id = principal(who);
  if (id === undefined) return code(who, 40);
  return isUserGroup(id) ? mrk`<!subteam^${id}>` : mrk`<@${id}>`;
}

const CHANNEL = /^[CG][A-Z0-9]{2,20}$/;

/** Names a channel; something that is not a channel id is shown as it is. */
export function channelName(id: string): SafeMrkdwn {
  return CHANNEL.test(id) ? mrk`<#${id}>` : code(id, 40);
}
