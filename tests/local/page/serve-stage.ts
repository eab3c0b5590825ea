import { awsControl } from '../../../local/aws';
import type { World } from '../../../local/page/api';
import { ImpossibleWorldAct, type LiveWorld } from '../../../local/page/live-world';
import { type ServedPage, servePage } from '../../../local/page/serve';
import { openStage, type Stage } from '../../story/stage';

const EMPTY: World = { format: 'asff', accounts: [], newAccounts: [], seeding: false };

/** A world that only tells what it was asked for, refreshes apart. */
export function toldWorld(): LiveWorld & { readonly told: unknown[] } {
  const told: unknown[] = [];
  const hear = async (what: unknown) => {
    told.push(what);
    return EMPTY;
  };
  return {
    told,
    state: async () => EMPTY,
    act: async (act) => {
      if (act.account === '999999999999') throw new ImpossibleWorldAct('There is no account 999999999999.');
      return hear(act);
    },
    threat: hear,
    newAccount: () => hear('new account'),
    setFormat: hear,
    refresh: async () => undefined,
    seed: async () => undefined,
  };
}

/** The whole bot with its page before it, driven step by step. */
export interface PagedStage {
  readonly stage: Stage;
  readonly page: ServedPage;
  readonly world: ReturnType<typeof toldWorld>;
  /** Makes the clock look as if somebody were moving it. */
  moving(yes: boolean): void;
  get(path: string): Promise<Response>;
  /** What a GET answers. */
  read<T>(path: string): Promise<T>;
  post(path: string, body: unknown): Promise<Response>;
  close(): Promise<void>;
}

export async function serveStage(port = 0): Promise<PagedStage> {
  const stage = await openStage({ language: 'en' });
  const world = toldWorld();
  let moving = false;
  const page = await servePage({
    bot: stage.bot,
    slack: stage.slack.url,
    hub: awsControl(stage.aws.url),
    world,
    clock: { now: () => stage.clock.now(), offsetMs: 0 },
    moving: () => moving,
    walkTo: async (to) => stage.clock.advance(to.getTime() - stage.clock.now().getTime()),
    door: {
      sqs: stage.world.sqs,
      findingsQueue: stage.world.queueUrls.findings,
      aws: stage.aws.url,
      quarantine: stage.bot.quarantine,
      settle: () => stage.drain(),
    },
    port,
    bundle: async () => ({ script: 'console.log("page")', style: 'body{}' }),
  });
  return {
    stage,
    page,
    world,
    moving(yes) {
      moving = yes;
    },
    get: (path) => fetch(`${page.url}${path}`),
    read: async <T>(path: string) => (await (await fetch(`${page.url}${path}`)).json()) as T,
    post: (path, body) =>
      fetch(`${page.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await page.close();
      await stage.close();
    },
  };
}
