import type { KnownBlock, ModalView } from '@slack/types';
import { plain } from './elements';
import { LIMITS } from './limits';

/** A modal of the bot: everything that differs between them. */
export interface Modal {
  readonly callback: string;
  readonly title: string;
  readonly close: string;
  /** Absent where there is nothing to send. */
  readonly submit?: string;
  /** Opaque; comes back with what is pressed. */
  readonly metadata?: string;
  readonly blocks: readonly KnownBlock[];
}

/** A modal view; blocks beyond Slack's limit are left out. */
export function modal({ callback, title, close, submit, metadata, blocks }: Modal): ModalView {
  return {
    type: 'modal',
    callback_id: callback,
    title: plain(title, LIMITS.title),
    close: plain(close, LIMITS.title),
    ...(submit === undefined ? {} : { submit: plain(submit, LIMITS.title) }),
    ...(metadata === undefined ? {} : { private_metadata: metadata }),
    blocks: blocks.slice(0, LIMITS.viewBlocks),
  };
}
