import { WebClient } from '@slack/web-api';
import { drawRequest } from '../blocks/cards/request';
import { startEmbedded } from '../local/embedded';
import { LOCAL_WORKSPACE } from '../local/slack';
import { type Finding, issueRegion, readFindings } from '../src/findings';
import {
  decide,
  type Issue,
  type Request,
  type RequestView,
  requestKeyOf,
  treatmentOf,
  viewRequest,
} from '../src/requests';
import { type Drawn, slackGateway, webClient } from '../src/slack';
import { benchConfig } from './config';
import { document, eventOf } from './documents';
import { type Measured, median, quantile, rounded } from './figures';
import { say } from './say';
import { trackedControls } from './tracked-controls';

const ACCOUNT = '111122223333';
const REQUESTS = 100;
const ISSUES_EACH = 6;
const POSTS_A_ROUND = 150;
/** A worker shows one card at a time, and a Lambda function is one worker. */
const AT_ONCE = 1;
/** Pairs of rounds; every other pair begins with the bare client, so that neither always comes second. */
const PAIRS = 32;
/** Pairs, and drawings before them, after which the code is compiled as it is in a process that has run a while. */
const WARM_PAIRS = 4;
const WARM_DRAWINGS = 10_000;
const NOW = new Date('2026-01-15T06:00:00.000Z');
const TOKEN = 'xoxb-local';

interface Filled {
  readonly request: Request;
  readonly issues: readonly Issue[];
}

type Config = ReturnType<typeof benchConfig>;

/** Requests as the store would hand them over: records of open issues, made by the bot's own decisions. */
function requests(config: Config): readonly Filled[] {
  const sources = {
    catalogue: config.catalogue,
    policy: () => config.policy,
    accounts: config.accounts.lookup,
    calendar: config.calendar,
    now: () => NOW,
  };
  const controls = trackedControls(config, ACCOUNT);
  return Array.from({ length: REQUESTS }, (_, index) => {
    const control = controls[index % controls.length];
    const issues = Array.from({ length: ISSUES_EACH }, (_, resource) => {
      const body = eventOf(
        document({
          account: ACCOUNT,
          control: control?.id ?? '',
          severity: control?.severity ?? '',
          resource: index * ISSUES_EACH + resource,
          updatedAt: NOW,
        }),
      );
      const finding = readFindings(body, config.catalogue).findings[0] as Finding;
      const treat = (severity: Issue['severity']) => treatmentOf(finding, severity, sources);
      const region = issueRegion(finding, config.catalogue);
      const { next } = decide({ finding, region, issue: undefined, treat, now: NOW });
      if (next?.state !== 'open') throw new Error(`${finding.control} does not open an issue`);
      return next;
    });
    const [first] = issues as [Issue];
    const request: Request = {
      ...requestKeyOf(first),
      control: first.control,
      product: first.product,
      channel: 'C0SHOPPRD',
      revision: 1,
      phase: 'open',
      openedAt: NOW.toISOString(),
      card: { shownRevision: 0, toldThrough: 0 },
      version: 1,
      seq: 1,
      outbox: [],
    };
    return { request, issues };
  });
}

/** Posts a round, so many at a time; resolves with posts a second. */
async function round(post: (index: number) => Promise<void>): Promise<number> {
  globalThis.gc?.();
  let next = 0;
  const work = async () => {
    while (next < POSTS_A_ROUND) {
      const index = next;
      next += 1;
      await post(index);
    }
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return (POSTS_A_ROUND / (performance.now() - from)) * 1_000;
}

/**
 * How fast cards go out when nothing holds them back: view → blocks → gateway → Slack stand-in in another process, against a bare WebClient that posts the same texts and blocks, drawn beforehand. No store, no pacing.
 */
export async function renderPost(): Promise<Measured> {
  const config = benchConfig();
  const sources = {
    accounts: config.accounts.lookup,
    catalogue: config.catalogue,
    playbooks: config.playbooks.lookup,
    threats: config.playbooks.threat,
    securityTeam: [],
  };
  const views = requests(config).map(({ request, issues }) => viewRequest(request, issues, sources, NOW));
  const draw = (index: number): Drawn => drawRequest(views[index % views.length] as RequestView, 'ja');
  const drawn = views.map((_, index) => draw(index));

  const embedded = await startEmbedded({ services: ['slack'] });
  try {
    const { apiUrl } = embedded.endpoints.slack;
    const gateway = slackGateway(webClient({ token: TOKEN, apiUrl }), { teamId: LOCAL_WORKSPACE.teamId });
    const bareClient = new WebClient(TOKEN, { slackApiUrl: apiUrl, retryConfig: { retries: 0 } });
    const channels = LOCAL_WORKSPACE.channels
      .filter(({ members, isArchived }) => members.includes(LOCAL_WORKSPACE.botUserId) && !isArchived)
      .map(({ id }) => id);
    const ours = (channel: string) => async (index: number) => {
      const { ref } = views[index % views.length] as RequestView;
      await gateway.post(channel, draw(index), { record: ref, key: String(index) });
    };
    const bare = (channel: string) => async (index: number) => {
      const { text, blocks } = drawn[index % drawn.length] as Drawn;
      await bareClient.apiCall('chat.postMessage', { channel, text, blocks });
    };

    for (let card = 0; card < WARM_DRAWINGS; card += 1) draw(card);
    const rates = { ours: [] as number[], bare: [] as number[] };
    for (let pair = 0; pair < WARM_PAIRS + PAIRS; pair += 1) {
      // Both rounds of a pair find the channel about as full.
      const channel = channels[pair % channels.length] ?? '';
      const order = pair % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
      for (const who of order) {
        const rate = await round((who === 'ours' ? ours : bare)(channel));
        if (pair >= WARM_PAIRS) rates[who].push(rate);
      }
    }
    // Of each pair, because both of its rounds meet the same load from elsewhere on the machine.
    const ratios = rates.ours.map((rate, pair) => rate / (rates.bare[pair] ?? rate));
    const bytes = drawn.reduce((sum, message) => sum + JSON.stringify(message).length, 0) / drawn.length;
    const [low, high] = [quantile(ratios, 0.25), quantile(ratios, 0.75)].map((ratio) => ratio.toFixed(2));
    say(`  cards of ${rounded(bytes)} characters; half of ${PAIRS} pairs between ${low} and ${high}`);
    return {
      renderPostPerSecond: rounded(median(rates.ours)),
      renderPostBarePerSecond: rounded(median(rates.bare)),
      renderPostRatio: rounded(median(ratios), 3),
    };
  } finally {
    await embedded.close();
  }
}
