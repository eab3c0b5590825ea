import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { type Bot, compose, type Ports } from '../../handlers/composition';
import { asffFinding } from '../../local/aws/finding';
import { type AccountId, accountId, type Mode } from '../../src/accounts';
import { approvalHash } from '../../src/changes';
import { applyRules, sweep } from '../../src/clock';
import type { ControlId } from '../../src/controls';
import { issueItems, type RequestKey, requestKeyOf } from '../../src/requests';
import { derivedId, type Item } from '../../src/store';
import { type AsffDocument, asff, type ControlFinding, imported } from '../fixtures/findings';
import { register } from '../setup/register';
import { manualClock, openSpine, type Spine } from '../setup/spine';
import { type Act, type Disturbed, type Ending, type Explored, explore } from './explorer';
import { brokenPromises, type Done, type Posted } from './promises';

/** A run of a flow: an outside of its own, on which everything that is done is written down. */
export interface Scene extends Disturbed {
  readonly spine: Spine;
  /** The mode of all accounts. */
  readonly mode: Mode;
  /** Registers all accounts in this mode. */
  enter(mode: Mode): Promise<void>;
  /** What was posted and written to Security Hub, in order. */
  readonly done: Done[];
  /** Moves the clock to this moment, ISO 8601. Nothing is due in the time that is passed over. */
  skipTo(at: string): Promise<void>;
  /** Moves the clock on to this moment, unless it is past it. */
  reach(at: string): void;
  /** Security Hub holds these and sends them. */
  report(...documents: readonly AsffDocument[]): Promise<void>;
  /** The same, and the bot comes to rest. */
  reported(...documents: readonly AsffDocument[]): Promise<void>;
}

export const ACCOUNT = accountId('700000000001') as AccountId;
/** Nobody has heard of it yet. */
export const YOUNG = accountId('700000000002') as AccountId;
export const CHANNEL = 'C0REQUESTS';
export const SECURITY = 'C0SECURITY';
export const LEAD = { id: 'U0LEAD', name: 'Lead' };
export const ANALYST = { id: 'U0ANALYST', name: 'Analyst' };
export const MEMBER = { id: 'U0MEMBER', name: 'Member' };
export const OWNER = { id: 'U0OWNER1', name: 'Owner' };
/** A Friday, half an hour before nine in Tokyo. */
export const FRIDAY_EARLY = '2026-11-26T23:30:00.000Z';
/** Nine in Tokyo, and a little. */
export const FRIDAY_MORNING = '2026-11-27T00:00:30.000Z';

/** Encryption in transit: tracked, whatever its severity. */
export const TRACKED = 'S3.5';
/** Told, and then suppressed. */
export const NOTIFY = 'EC2.15';
/** Availability, which the default policy ignores. */
export const IGNORED = 'AutoScaling.2';
/** The catalogue does not hold it. */
export const UNDECIDED = 'S3.990';

/** The request of what `guardDutyAsff({ account: ACCOUNT })` shows. */
export const THREAT = requestKeyOf({
  account: ACCOUNT,
  control: 'UnauthorizedAccess:EC2/SSHBruteForce' as ControlId,
  product: 'guardduty',
  region: 'ap-northeast-1',
  resource: {
    id: `arn:aws:ec2:ap-northeast-1:${ACCOUNT}:instance/i-0123456789abcdef0`,
    type: 'AwsEc2Instance',
    tags: {},
  },
});

export function bucket(name: string, about: ControlFinding = {}): AsffDocument {
  return asff({
    control: TRACKED,
    account: ACCOUNT,
    severity: 'MEDIUM',
    resource: `arn:aws:s3:::example-${name}`,
    resourceType: 'AwsS3Bucket',
    updatedAt: '2026-11-20T00:00:00.000Z',
    ...about,
  });
}

export const keyOf = (control: string, account = ACCOUNT): RequestKey => ({
  account,
  kind: 'control',
  subject: control.toLowerCase(),
});

/**
 * Somebody wants something, the security team's lead unless another one is named.
 * @param nth tells it apart from what was wanted before of the same kind and target
 */
export async function propose(
  bot: Bot,
  kind: string,
  target: string,
  payload: object,
  at: string,
  { by = LEAD, nth = 1 }: { readonly by?: typeof LEAD; readonly nth?: number } = {},
) {
  const id = proposalId(kind, target, nth);
  const body = { type: 'propose', id, kind, actor: by, target, payload, at, replyTo: { channel: CHANNEL } };
  await bot.ports.queues.change({ id, version: 0, group: target, body });
}

/** Somebody answers a change that waits, for what stands there then. */
export const answered =
  (id: string, what: { type: 'approve' } | { type: 'deny'; reason: string }, by: typeof LEAD) =>
  async (scene: Scene, bot: Bot): Promise<void> => {
    const change = await scene.bot.changes.load(id);
    if (change === undefined) throw new Error(`nobody has proposed ${id}`);
    const hash = approvalHash(change);
    await bot.ports.queues.change({
      id: derivedId(what.type, id, by.id, hash),
      version: 0,
      group: change.target,
      body: { ...what, id, actor: by, ...(what.type === 'approve' && { hash }) },
    });
  };

export function proposalId(kind: string, target: string, nth = 1): string {
  return nth === 1 ? derivedId(kind, target) : derivedId(kind, target, String(nth));
}

/** What people and Security Hub see in the end. */
interface Seen {
  /** Control, last part of the resource, state. */
  readonly states: readonly string[];
  /** Control, last part of the resource, what Security Hub says. */
  readonly workflow: readonly string[];
  /** Channel, record and number of every message. */
  readonly posts: readonly string[];
}

export interface SceneFlow extends Seen {
  readonly name: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** When the flow begins, ISO 8601. */
  readonly start?: string;
  /** Brings the scene to where the flow begins. */
  readonly before?: (scene: Scene) => Promise<void>;
  readonly acts: readonly ((scene: Scene, bot: Bot) => Promise<void>)[];
  /** These are tried at every point; of the others a few, spread evenly, so that the tests stay quick. */
  readonly thorough?: readonly Ending[];
  /** One of many that go the same way: it is disturbed at fewer points. */
  readonly brief?: boolean;
  /** Posts of which no one stands for itself, because what comes together may be told together or one by one. */
  readonly apart?: (post: string) => boolean;
  /** Entries of histories that a worker which begins anew may write again. */
  readonly repeats?: readonly string[];
  /** Further looks at how it ended, compared with how the undisturbed flow ends. */
  readonly also?: (scene: Scene, items: readonly Item[]) => unknown;
  /** What `also` sees there. */
  readonly sees?: unknown;
}

/**
 * At how many points a flow is disturbed, besides the posts. All of them, which takes minutes:
 * `CRASH=all npx jest tests/crash`.
 */
const SOME: Readonly<Record<Ending, number>> = { killed: 3, 'answer lost': 1, overtaken: 2 };
const ALL = process.env['CRASH'] === 'all';

/** Numbers of the points at which a flow is disturbed: spread evenly, and what would be posted twice. */
function chosen(
  points: readonly string[],
  ending: Ending,
  { thorough = [], brief = false }: Pick<SceneFlow, 'thorough' | 'brief'>,
): readonly number[] {
  const numbers = points.map((_, number) => number);
  if (thorough.includes(ending) || ALL) return numbers;
  const [all, some] = [points.length, SOME[ending]];
  const spread = numbers.filter(
    (number) => Math.floor((number * some) / all) < Math.floor(((number + 1) * some) / all),
  );
  const postsToo = ending === 'answer lost' || (ending === 'overtaken' && !brief);
  const posts = postsToo ? numbers.filter((number) => points[number] === 'slack.post') : [];
  return [...new Set([...spread, ...posts])];
}

/** An outside of its own, with an account of long standing. */
export async function openScene({
  start = FRIDAY_EARLY,
  environment,
}: Pick<SceneFlow, 'start' | 'environment'>): Promise<Scene> {
  const spine = await openSpine({ clock: manualClock(start), environment: { QUIET: 'on', ...environment } });
  const { clock } = spine;
  const done: Done[] = [];
  const { slack, hub } = spine.ports;
  const ports: Ports = {
    ...spine.ports,
    slack: {
      ...slack,
      async post(channel, message, key, thread) {
        const posted = await slack.post(channel, message, key, thread);
        done.push({ what: 'post', record: key.record });
        return posted;
      },
    },
    hub: {
      ...hub,
      async update(write) {
        done.push({ what: 'workflow', status: write.status, ids: write.findings.map(({ id }) => id) });
        return hub.update(write);
      },
    },
  };
  const composeWith = (replaced: Partial<Ports>): Bot =>
    compose(spine.settings, { ...ports, ...replaced }, spine.config);
  const report: Scene['report'] = async (...documents) => {
    const held = await spine.hub.findings();
    await spine.hub.putFindings(
      documents.map((document) => {
        const workflow = held.find(({ Id }) => Id === document.Id)?.Workflow;
        return asffFinding.parse({ ...document, ...(workflow && { Workflow: workflow }) });
      }),
    );
    await spine.send(imported(...documents));
  };
  const scene: Scene = {
    spine,
    clock,
    ports,
    composeWith,
    mode: 'enforce',
    async enter(mode) {
      Object.assign(scene, { mode });
      for (const account of [ACCOUNT, YOUNG]) await register(spine.bot, account, { mode });
    },
    done,
    drain: (options) => spine.drain({ bot: scene.bot, ...options }),
    bot: undefined as unknown as Bot,
    async skipTo(at) {
      scene.reach(at);
      await ports.table.put({ pk: 'CLOCK', sk: 'CURSOR', through: clock.now().toISOString() });
    },
    reach: (at) => clock.advance(Math.max(0, Date.parse(at) - clock.now().getTime())),
    report,
    async reported(...documents) {
      await report(...documents);
      await scene.drain();
    },
  };
  Object.assign(scene, { bot: composeWith({}) });
  await scene.enter('enforce');
  await scene.bot.accounts.refresh();
  await scene.skipTo(start);
  // An account of long standing, whose rules have been looked at.
  const longAgo = new Date(clock.now().getTime() - 72 * 3_600_000).toISOString();
  await scene.bot.intake.known.note({ account: ACCOUNT, kind: 'control', subject: 'ec2.1' }, longAgo);
  await applyRules(scene.bot.clock);
  await scene.drain();
  return scene;
}

/** A bot whose refreshes of this record are lost for good. */
export function losing({ ports, composeWith }: Scene, record: string): Bot {
  const { queues } = ports;
  return composeWith({
    queues: { ...queues, card: async (card) => (card.record === record ? undefined : queues.card(card)) },
  });
}

/** What Security Hub was told, in order; told again is told once. */
export function statusesWritten({ done }: Scene): readonly string[] {
  const statuses = done.flatMap((act) => (act.what === 'workflow' ? [act.status] : []));
  return statuses.filter((status, index) => status !== statuses[index - 1]);
}

async function itemsOf({ spine }: Scene): Promise<readonly Item[]> {
  const items: Item[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const page = await spine.world.dynamodb.send(
      new ScanCommand({ TableName: spine.settings.TABLE_NAME, ...(from && { ExclusiveStartKey: from }) }),
    );
    items.push(...((page.Items ?? []) as Item[]));
    from = page.LastEvaluatedKey;
  } while (from);
  return items;
}

type Message = { metadata?: { event_payload?: { record?: string; key?: string } } };

async function postsOf({ spine }: Scene): Promise<readonly Posted[]> {
  const channels = await Promise.all(
    [CHANNEL, SECURITY].map(async (channel) =>
      (await spine.people.channel(channel))
        .flatMap((thread) => [thread, ...thread.replies])
        .map((message) => {
          const { record = '', key = '' } = (message as Message).metadata?.event_payload ?? {};
          return { channel, record, key };
        }),
    ),
  );
  return channels.flat();
}

const lastPart = (resource: string) =>
  resource.slice(Math.max(resource.lastIndexOf('-'), resource.lastIndexOf('/')) + 1);

/** What has become of it all. */
export async function lookAt(scene: Scene, flow: Pick<SceneFlow, 'also' | 'apart' | 'repeats'> = {}) {
  const [items, posts, findings] = await Promise.all([
    itemsOf(scene),
    postsOf(scene),
    scene.spine.hub.findings(),
  ]);
  const issues = items.filter(({ type }) => type === 'issue').map(issueItems.fromItem);
  const workflow = new Map(findings.map(({ Id, Workflow }) => [Id, Workflow?.Status ?? '']));
  const histories = items.filter(({ pk, sk }) => pk.endsWith('#H') && sk.startsWith('S#'));
  const steps = histories
    .toSorted((a, b) => (a.sk < b.sk ? -1 : 1))
    .map((item) => ({ pk: item.pk, what: String(item['what'] ?? item['kind']) }))
    .filter(({ what }) => flow.repeats?.includes(what) !== true);
  return {
    broken: brokenPromises({ items, posts, done: scene.done, workflow, mode: scene.mode }),
    states: issues
      .map(({ control, resource, state }) => `${control} ${lastPart(resource.id)} ${state}`)
      .sort(),
    workflow: findings
      .map(
        ({ Resources, Compliance, Workflow }) =>
          `${Compliance?.SecurityControlId ?? 'threat'} ${lastPart(Resources[0]?.Id ?? '')} ${Workflow?.Status ?? ''}`,
      )
      .sort(),
    posts: posts
      // Nobody owns the accounts of most scenes: that they are listed is beside the point.
      .filter(({ record }) => !record.startsWith('bulletin/accounts/'))
      .map(({ channel, record, key }) => `${channel} ${record}#${key}`)
      .filter((post) => flow.apart?.(post) !== true)
      .sort(),
    histories: [...new Set(histories.map(({ pk }) => pk))]
      .sort()
      .map((pk) => [pk, ...steps.filter((step) => step.pk === pk).map(({ what }) => what)].join(' ')),
    also: await flow.also?.(scene, items),
  };
}

/** The clock's work, as far as it wakes records; resolves with how many there were. */
export async function wakeAll(bot: Bot): Promise<number> {
  await Promise.all([bot.policies.refresh(), bot.accounts.refresh()]);
  const swept = Object.values(await sweep(bot.clock)).reduce((sum, count) => sum + count, 0);
  return swept + (await applyRules(bot.clock));
}

async function play(flow: SceneFlow, number: number, ending: Ending) {
  const scene = await openScene(flow);
  try {
    await flow.before?.(scene);
    const acts = flow.acts.map(
      (act): Act =>
        (bot) =>
          act(scene, bot),
    );
    const explored: Explored = await explore(scene, number, ending, acts, wakeAll);
    return { explored, ...(await lookAt(scene, flow)) };
  } finally {
    await scene.spine.close();
  }
}

/** Tests a flow: undisturbed it ends as described, and disturbed wherever it may be it ends like that as well. */
export function describeScene(flow: SceneFlow): void {
  describe(flow.name, () => {
    let plain: Awaited<ReturnType<typeof play>>;
    beforeAll(async () => {
      plain = await play(flow, Number.POSITIVE_INFINITY, 'killed');
    }, 30_000);

    test('undisturbed', () => {
      const { broken, states, workflow, posts, also } = plain;
      expect({ broken, states, workflow, posts, ...(flow.sees !== undefined && { also }) }).toEqual({
        broken: [],
        states: [...flow.states],
        workflow: [...flow.workflow],
        posts: [...flow.posts],
        ...(flow.sees !== undefined && { also: flow.sees }),
      });
    });

    test.each<Ending>(['killed', 'answer lost', 'overtaken'])(
      '%s at its effects',
      async (ending) => {
        const { explored: _, ...expected } = plain;
        const { points } =
          ending === 'overtaken'
            ? (await play(flow, Number.POSITIVE_INFINITY, ending)).explored
            : plain.explored;
        for (const number of chosen(points, ending, flow)) {
          const { explored, ...observed } = await play(flow, number, ending);
          const where = `${ending} at effect ${number} (${explored.at})`;
          expect({ where, ...observed }).toEqual({ where, ...expected });
        }
      },
      300_000,
    );
  });
}
