import type { KnownBlock } from '@slack/types';
import { LIMITS } from './limits';
import type { SafeMrkdwn } from './safe-mrkdwn';

/** What is sent to Slack: blocks, and the text of the notification, escaped like they are. */
export interface Message {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

/** The notification's text is the first thing people read: short, and never empty. */
export function message(text: SafeMrkdwn, blocks: readonly KnownBlock[]): Message {
  return { text: text.cut(LIMITS.notification).markup || '–', blocks: [...blocks] };
}
