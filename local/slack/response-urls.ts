import { randomBytes } from 'node:crypto';
import { refuseBadMessage } from './check-refusals';
import { isJson, type Json, jsonList } from './json';
import { Refusal } from './refusal';
import type { Channel, Ephemeral, Message, Workspace } from './workspace';

const USES = 5;
const LIFETIME_MS = 30 * 60 * 1000;

/** What the person used when the URL was issued. */
export interface Origin {
  user: string;
  channel: Channel;
  message?: Message;
  ephemeral?: Ephemeral;
}

interface ResponseUrl extends Origin {
  issuedAt: number;
  uses: number;
}

/** response_url: answers to one interaction, five times within half an hour. */
export class ResponseUrls {
  private readonly urls = new Map<string, ResponseUrl>();

  constructor(
    private readonly workspace: Workspace,
    private readonly now: () => number,
    private readonly base: () => string,
  ) {}

  issue(origin: Origin): string {
    for (const [id, url] of this.urls) {
      if (this.now() - url.issuedAt > LIFETIME_MS * 2) this.urls.delete(id);
    }
    const id = randomBytes(12).toString('hex');
    this.urls.set(id, { ...origin, issuedAt: this.now(), uses: 0 });
    return `${this.base()}/response/${this.workspace.about.teamId}/${id}`;
  }

  /** @throws Refusal `used_url`, `expired_url`, `invalid_url`, or what is wrong with the message */
  answer(id: string, body: Json): void {
    const url = this.urls.get(id);
    if (!url) throw new Refusal('invalid_url');
    if (this.now() - url.issuedAt > LIFETIME_MS) throw new Refusal('expired_url');
    if (url.uses >= USES) throw new Refusal('used_url');
    url.uses += 1;
    this.show(url, body);
  }

  /** Shows an answer to an interaction; also for the ack of a slash command. */
  show(origin: Origin, body: Json): Json | undefined {
    if (body['delete_original'] === true) {
      this.deleteOriginal(origin);
      return undefined;
    }
    refuseBadMessage(body, this.workspace.files);
    const text = typeof body['text'] === 'string' ? body['text'] : '';
    const blocks = jsonList(body['blocks']);
    if (body['replace_original'] === true && this.replaceOriginal(origin, { text, blocks })) return undefined;
    const draft = {
      user: this.workspace.about.botUserId,
      fromApp: true,
      text,
      blocks,
      ...(isJson(body['metadata']) ? { metadata: body['metadata'] } : {}),
      ...(typeof body['thread_ts'] === 'string' ? { threadTs: body['thread_ts'] } : {}),
    };
    if (body['response_type'] === 'in_channel') {
      const posted = this.workspace.post(origin.channel, draft);
      return this.workspace.shown(origin.channel, posted);
    }
    const { message } = this.workspace.postEphemeral(origin.channel, origin.user, draft);
    return { ...this.workspace.shownAlone(message), is_ephemeral: true };
  }

  private replaceOriginal(origin: Origin, edit: { text: string; blocks: Json[] }): boolean {
    if (origin.ephemeral) this.workspace.editEphemeral(origin.ephemeral, edit);
    else if (origin.message) this.workspace.edit(origin.channel, origin.message, edit);
    else return false;
    return true;
  }

  private deleteOriginal(origin: Origin): void {
    if (origin.ephemeral) this.workspace.removeEphemeral(origin.ephemeral);
    else if (origin.message) this.workspace.remove(origin.channel, origin.message);
  }
}
