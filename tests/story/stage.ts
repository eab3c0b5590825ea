import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { type ShownWords, shownWords } from '../../blocks/words/shown';
import { asffFinding } from '../../local/aws/finding';
import { LOCAL_CREDENTIALS, LOCAL_REGION } from '../../local/embedded';
import type { Thread } from '../../local/slack/slack-people';
import { socketApp } from '../../local/socket-app';
import type { Language } from '../../src/playbooks';
import type { AsffDocument } from '../fixtures/findings';
import { openSpine, type Spine, type SpineOptions } from '../setup/spine';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The accounts of the stories. Their channels have no language of their own: the deployment's holds. */
const ACCOUNTS = `
accounts:
  - { id: '111122223333', name: shop-prod, kind: production, owner: U0OWNER1, channel: C0SHOPPRD }
  - { id: '444455556666', name: shop-dev, kind: non-production, owner: U0MEMBER, channel: C0SHOPDEV }
`;

type Act = ReturnType<Spine['people']['press']>;
type Seen = Awaited<Act>;

/** A message of the bot in a channel, with its replies. */
export interface Card extends Thread {
  readonly channel: string;
}

/** The spine with a real Bolt app on a socket: people press, and all that follows is served. */
export interface Stage extends Spine {
  /** Words of the deployment's language. */
  readonly words: ShownWords;
  /** Security Hub holds these findings; no event has come of them yet. */
  hold(...findings: readonly AsffDocument[]): Promise<void>;
  /** Security Hub takes reports in, as of now, and the bot serves what follows. */
  report(...findings: readonly AsffDocument[]): Promise<void>;
  /** Somebody acts in Slack; resolves when the listener is through and all queues are empty. */
  act(act: () => Act): Promise<Seen>;
  /** The same, up to the listener's end: what it queued is still waiting. */
  actOnly(act: () => Act): Promise<Seen>;
  /** Presses a button of a card by its label, or chooses from its menu. */
  press(user: string, card: Card, label: string): Promise<Seen>;
  /** Cards of a channel, oldest first. */
  cards(channel?: string): Promise<Card[]>;
  /** The newest card of a channel, as it stands now. */
  card(channel?: string): Promise<Card>;
  /** Security Hub's workflow status and note of a finding. */
  workflow(finding: AsffDocument): Promise<{ status: string | undefined; note: string | undefined }>;
  /** The newest message that only this person sees. */
  whispered(user: string): Promise<Record<string, unknown> | undefined>;
}

export interface StageOptions extends SpineOptions {
  /** `accounts.yml`. */
  readonly accounts?: string;
  /** `channels.yml`; without it no channel has a language of its own. */
  readonly channels?: string;
  /** Opens no socket: for stories in which nobody presses anything. */
  readonly silent?: boolean;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'secops-story-'));
  cpSync('config', folder, { recursive: true });
  writeFileSync(join(folder, 'accounts.yml'), options.accounts ?? ACCOUNTS);
  writeFileSync(join(folder, 'channels.yml'), options.channels ?? 'channels: {}\n');
  const language: Language = options.language ?? 'ja';
  const spine = await openSpine({
    ...options,
    language,
    environment: { CONFIG_DIR: folder, ...options.environment },
  });
  const hub = new SecurityHubClient({
    region: LOCAL_REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: spine.aws.url,
  });

  const listening = new Set<Promise<void>>();
  const app = options.silent ? undefined : socketApp(spine.bot, 'xapp-test');
  app?.use(({ next }) => {
    const listener = next().finally(() => listening.delete(listener));
    listening.add(listener);
    return listener;
  });
  await app?.start();

  const cards = async (channel = 'C0SHOPPRD'): Promise<Card[]> =>
    (await spine.people.channel(channel)).map((thread) => ({ ...thread, channel }));
  const actOnly: Stage['actOnly'] = async (act) => {
    const seen = await act();
    await Promise.all(listening);
    return seen;
  };
  const act: Stage['act'] = async (start) => {
    const seen = await actOnly(start);
    await spine.drain();
    return seen;
  };

  return {
    ...spine,
    words: shownWords(language),
    cards,
    actOnly,
    act,
    async card(channel) {
      const last = (await cards(channel)).at(-1);
      if (last === undefined) throw new Error(`there is no card in ${channel ?? 'C0SHOPPRD'}`);
      return last;
    },
    hold: (...findings) => spine.hub.putFindings(findings.map((finding) => asffFinding.parse(finding))),
    async report(...findings) {
      const now = spine.clock.now().toISOString();
      const given = findings.map((finding) => ({ ...finding, UpdatedAt: now }));
      const answer = await hub.send(new BatchImportFindingsCommand({ Findings: given }));
      if (answer.FailedCount !== 0) throw new Error(JSON.stringify(answer.FailedFindings));
      // All of their events are there before the first one is served.
      while ((await spine.depth('findings')) < given.length);
      await spine.drain();
    },
    async press(user, card, label) {
      const found = elements(card).find((element) => element.label === label);
      if (found === undefined) throw new Error(`no ${label} among ${labels(card).join(', ')}`);
      const { action_id, block_id, value, type } = found;
      const [spot, picked] = [
        { channel: card.channel, ts: card.ts },
        { action_id, block_id },
      ];
      return act(() =>
        type === 'overflow'
          ? spine.people.choose(user, spot, { ...picked, value })
          : spine.people.press(user, spot, picked),
      );
    },
    async workflow(finding) {
      const held = (await spine.hub.findings()).find(({ Id }) => Id === finding.Id);
      const note = held?.['Note'] as { Text?: string } | undefined;
      return { status: held?.Workflow?.Status, note: note?.Text };
    },
    async whispered(user) {
      return (await spine.people.user(user)).ephemerals.at(-1);
    },
    async close() {
      await app?.stop();
      hub.destroy();
      await spine.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Something that can be pressed or chosen. */
interface Shown {
  readonly action_id: string;
  readonly block_id: string;
  readonly label: string;
  readonly value: string;
  readonly type: string;
}

/** Everything of a message or a view that can be pressed or chosen. */
export function elements(message: unknown): Shown[] {
  return list(message, 'blocks').flatMap((block) =>
    [...list(block, 'elements'), ...[block['accessory']].filter(isNode)].flatMap((element) =>
      element['type'] === 'overflow'
        ? list(element, 'options').map((option) => shown(block, element, option))
        : [shown(block, element, element)],
    ),
  );
}

function shown(block: Node, element: Node, said: Node): Shown {
  return {
    type: String(element['type']),
    action_id: String(element['action_id']),
    block_id: String(block['block_id']),
    label: isNode(said['text']) ? String(said['text']['text']) : '',
    value: String(said['value']),
  };
}

/** Labels of all buttons and menu choices, in order. */
export function labels(message: unknown): string[] {
  return elements(message)
    .map(({ label }) => label)
    .filter((label) => label !== '');
}

/** Action ids of all inputs of a view. */
export function inputs(view: unknown): string[] {
  return list(view, 'blocks').flatMap(({ element }) =>
    isNode(element) && typeof element['action_id'] === 'string' ? [element['action_id']] : [],
  );
}

type Node = Record<string, unknown>;

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}

function list(node: unknown, key: string): Node[] {
  const inner = isNode(node) ? node[key] : undefined;
  return Array.isArray(inner) ? inner.filter(isNode) : [];
}
