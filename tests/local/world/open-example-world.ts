import { readFileSync } from 'node:fs';
import { tick } from '../../../handlers/clock';
import type { LiveWorld, WorldDeps } from '../../../local/page/live-world';
import { registerWorldAccount } from '../../../local/page/register-world-account';
import { sendEvents } from '../../../local/page/send-events';
import { stops } from '../../../local/page/walk';
import { exampleWorld } from '../../../local/world';
import type { AccountId } from '../../../src/accounts';
import type { Issue } from '../../../src/requests';
import { openStage, type Stage, type StageOptions } from '../../story/stage';

export interface ExampleStage {
  readonly stage: Stage;
  readonly deps: WorldDeps;
  readonly world: LiveWorld;
  /** Every event that was sent, as it lay on the queue. */
  readonly sent: string[];
  /** Issues of one control of an account, as the bot has them. */
  issues(account: string, control: string): Promise<readonly Issue[]>;
  close(): Promise<void>;
}

export interface ExampleOptions {
  readonly dataFile?: string;
  /** False where nobody looks at what AWS does day by day while the clock is walked: the walk is much shorter then. */
  readonly refreshes?: boolean;
}

export async function openExampleWorld(options: StageOptions & ExampleOptions = {}): Promise<ExampleStage> {
  const { dataFile, refreshes = true, ...staged } = options;
  const stage = await openStage({
    accounts: readFileSync('config/accounts.yml', 'utf8'),
    channels: readFileSync('config/channels.yml', 'utf8'),
    ...staged,
  });
  const { clock } = stage;
  const sent: string[] = [];
  const setClock = async (to: Date) => clock.advance(to.getTime() - clock.now().getTime());
  const settle = async () => {
    // The listeners that are at work first: what they queue is served then.
    await stage.actOnly(async () => ({ ack: 'not_sent', since: 0 }));
    await stage.drain();
  };
  const present = clock.now();
  const { calendar, catalogue } = stage.config;
  const deps: WorldDeps = {
    now: () => clock.now(),
    hub: stage.hub,
    send: async (events) => {
      sent.push(...events.map((event) => JSON.stringify(event)));
      await sendEvents(events, { sqs: stage.world.sqs, queueUrl: stage.world.queueUrls.findings });
    },
    people: stage.people,
    settle,
    async walkTo(to) {
      for (const stop of stops(clock.now(), to, calendar)) {
        await setClock(stop);
        if (refreshes) await world.refresh();
        await tick(stage.bot);
        await settle();
      }
    },
    setClock,
    workingMorning(daysAgo) {
      let day = calendar.dayOf(present);
      for (let n = 0; n < daysAgo; n += 1) day = calendar.workingDay(day, 'before');
      return calendar.morningOf(day);
    },
    present: () => present,
    catalogue,
    scores: stage.bot.scores,
    calendar,
    registerAccount: (id, about) => registerWorldAccount(id, about, stage.bot),
    ...(dataFile !== undefined && { dataFile }),
  };
  const world = exampleWorld(deps);
  return {
    stage,
    deps,
    world,
    sent,
    issues: (account, control) =>
      stage.bot.intake.issues.of({
        account: account as AccountId,
        kind: 'control',
        subject: control.toLowerCase(),
      }),
    close: () => stage.close(),
  };
}
