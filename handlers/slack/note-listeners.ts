import { AsyncLocalStorage } from 'node:async_hooks';
import type { App } from '@slack/bolt';
import type { ChangeMessage } from '../../src/queues';
import type { FrontBot } from '../composition';

/** Who called which listener. Of what they typed nothing is known here. */
interface Called {
  readonly listener: string;
  readonly user: string | undefined;
  queued: number;
}

const serving = new AsyncLocalStorage<Called>();

const textAt = (value: unknown, ...path: readonly (string | number)[]): string | undefined => {
  const found = path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value,
  );
  return typeof found === 'string' ? found : undefined;
};

/**
 * The listener by its id, as `register.ts` binds it; undefined for what is asked with every letter somebody types, and for
 * whatever is no call of a listener.
 */
function listenerOf(body: unknown): string | undefined {
  const type = textAt(body, 'type');
  if (type === 'block_actions') return textAt(body, 'actions', 0, 'action_id');
  if (type === 'view_submission') return textAt(body, 'view', 'callback_id');
  if (type === 'event_callback') return textAt(body, 'event', 'type');
  return textAt(body, 'command');
}

function personOf(body: unknown): string | undefined {
  return textAt(body, 'user', 'id') ?? textAt(body, 'user_id') ?? textAt(body, 'event', 'user');
}

/** What a message to the queue is about: a change by its id, or a job by its name. */
function namesIn({ group, body }: ChangeMessage) {
  const job = textAt(body, 'job');
  const kind = textAt(body, 'kind') ?? textAt(body, 'type');
  return job === undefined ? { change: textAt(body, 'id'), kind, record: group } : { job };
}

/**
 * Has one line logged for everything that people do in Slack: which listener, who, and the change or job that came of it.
 * @returns the bot for the listeners to work with
 */
export function noteListeners(app: App, bot: FrontBot): FrontBot {
  const { log, queues } = bot.ports;
  app.use(async ({ body, next }) => {
    const listener = listenerOf(body);
    if (listener === undefined) return next();
    const called: Called = { listener, user: personOf(body), queued: 0 };
    try {
      await serving.run(called, next);
    } finally {
      if (called.queued === 0) log.info('listener served', { listener, user: called.user });
    }
  });
  return {
    ...bot,
    ports: {
      ...bot.ports,
      queues: {
        ...queues,
        async change(message) {
          await queues.change(message);
          const called = serving.getStore();
          if (called === undefined) return;
          called.queued += 1;
          log.info('listener served', {
            listener: called.listener,
            user: called.user,
            ...namesIn(message),
          });
        },
      },
    },
  };
}
