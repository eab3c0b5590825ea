import { setTimeout as pause } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { awsControl } from '../local/aws';
import { SlackPeople } from '../local/slack';
import { benchConfig } from './config';
import { configWith } from './config-with';
import { document, eventOf } from './documents';
import { type Measured, quantile, rounded } from './figures';
import { startBot } from './running-bot';
import { say } from './say';
import { trackedControls } from './tracked-controls';

/** An account with a channel of its own, another one, and one without. */
const PLACES = [
  { account: '111122223333', channel: 'C0SHOPPRD' },
  { account: '444455556666', channel: 'C0SHOPDEV' },
  { account: '123456789012', channel: 'C0REQUESTS' },
] as const;
const OTHER = { id: '123456789012', name: 'other', kind: 'production' } as const;
const ROUNDS = 8;
/** A post holds its channel for a second, by design; after this nothing is under way any more. */
const REST_MS = 1_250;

/**
 * How long people wait: from a finding on the queue of a bot at rest to its message in the channel, the hop of
 * this process to the stand-in included. Every finding makes a card of its own.
 */
export async function findingToMessage(): Promise<Measured> {
  const config = benchConfig();
  const bot = await startBot({ CONFIG_DIR: configWith([OTHER]) });
  try {
    const people = new SlackPeople(bot.slack);
    const hub = awsControl(bot.aws);
    const times: number[] = [];
    let since = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const { account, channel } of PLACES) {
        const control = trackedControls(config, account)[round];
        if (control === undefined) throw new Error(`the policy tracks too few controls in ${account}`);
        const finding = document({
          account,
          control: control.id,
          severity: control.severity,
          resource: round,
          updatedAt: new Date(),
        });
        // In AWS, Security Hub holds a finding before it sends the event.
        await hub.putFindings([finding]);
        await pause(REST_MS);
        const from = performance.now();
        const posted = people.wait({ type: 'message.posted', since, channel }, 20_000);
        await bot.sqs.send(
          new SendMessageCommand({
            QueueUrl: bot.environment['FINDINGS_QUEUE_URL'],
            MessageBody: eventOf(finding),
          }),
        );
        since = (await posted).seq;
        times.push(performance.now() - from);
      }
    }
    say(
      `  ${times.length} findings: median ${rounded(quantile(times, 0.5))} ms, slowest ${rounded(Math.max(...times))} ms`,
    );
    return {
      findingToMessageMs: rounded(quantile(times, 0.95)),
      findingToMessageMedianMs: rounded(quantile(times, 0.5)),
    };
  } finally {
    await bot.stop();
  }
}
