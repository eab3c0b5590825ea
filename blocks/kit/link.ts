import { LIMITS } from './limits';
import { mrk, type SafeMrkdwn } from './safe-mrkdwn';

/**
 * Hosts that a link may lead to: AWS's own sites in every partition. Hosts under which anybody can publish
 * (`*.amazonaws.com`: S3 buckets; `*.on.aws`: function URLs; `*.api.aws`) are not among them.
 */
const AWS_SITE =
  /(?:^|\.)(?:amazon\.com|(?<!(?:^|\.)(?:on|api)\.)aws|(?:console|docs)\.amazonaws(?:\.cn|-us-gov\.com))$/;
const SLACK = /(?:^|\.)slack\.com$/;

function isAllowed(url: URL): boolean {
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return AWS_SITE.test(url.hostname) || (SLACK.test(url.hostname) && url.pathname.startsWith('/archives/'));
}

/** The address when it is https, an AWS site or a Slack permalink, and without credentials; else undefined. */
export function allowedUrl(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  // `|` and `>` would end the address inside `<address|label>`; URL leaves `|` alone in queries.
  const text = url.href.replace(/\|/g, '%7C').replace(/</g, '%3C').replace(/>/g, '%3E').replace(/`/g, '%60');
  return isAllowed(url) && text.length <= LIMITS.url ? text : undefined;
}

/** A link to an allowed address; any other is written out as text that nobody can click. */
export function link(address: string, label: string): SafeMrkdwn {
  const url = allowedUrl(address);
  return url === undefined ? mrk`${label}: ${mrk`${address}`.cut(300)}` : mrk`<${url}|${label}>`;
}

const CHANNEL = /^[CGD][A-Z0-9]{2,20}$/;
const TS = /^\d{1,12}\.\d{6}$/;

/** The address of a message; undefined unless both ids have their form. Slack leads it to the reader's workspace. */
export function permalink(channel: string, ts: string): string | undefined {
  if (!CHANNEL.test(channel) || !TS.test(ts)) return undefined;
  return `https://slack.com/archives/${channel}/p${ts.replace('.', '')}`;
}
