import { SecurityHubClient } from '@aws-sdk/client-securityhub';
import { STSClient } from '@aws-sdk/client-sts';
import { type AwsControl, type AwsStandInSettings, awsControl, startAwsStandIn } from '../../../local/aws';

/** What EventBridge sends. */
export interface SentEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  readonly resources: readonly string[];
  readonly detail: { readonly findings: readonly Record<string, unknown>[] };
}

/** The AWS stand-in with real clients, and the events it has sent. */
export interface StandIn {
  readonly url: string;
  readonly hub: SecurityHubClient;
  readonly sts: STSClient;
  readonly control: AwsControl;
  readonly events: readonly SentEvent[];
  /** Resolves when so many events have been sent. */
  sent(count: number): Promise<readonly SentEvent[]>;
  /** Stops the stand-in and leaves the clients. */
  close(): Promise<void>;
  /** Stops the stand-in, if that is still to do, and the clients. */
  stop(): Promise<void>;
}

export async function startStandIn(settings: Omit<AwsStandInSettings, 'emit'> = {}): Promise<StandIn> {
  const events: SentEvent[] = [];
  let waiting: { count: number; resolve: () => void }[] = [];
  const { url, close } = await startAwsStandIn({
    rateLimits: false,
    ...settings,
    emit: async (event) => {
      events.push(event as SentEvent);
      for (const { count, resolve } of waiting) if (events.length >= count) resolve();
      waiting = waiting.filter(({ count }) => events.length < count);
    },
  });
  const client = {
    endpoint: url,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
  };
  const hub = new SecurityHubClient(client);
  const sts = new STSClient(client);
  let closing: Promise<void> | undefined;
  const closeOnce = () => {
    closing ??= close();
    return closing;
  };
  return {
    url,
    hub,
    sts,
    control: awsControl(url),
    events,
    sent: async (count) => {
      if (events.length < count) await new Promise<void>((resolve) => waiting.push({ count, resolve }));
      return events;
    },
    close: closeOnce,
    stop: async () => {
      await closeOnce();
      hub.destroy();
      sts.destroy();
    },
  };
}
