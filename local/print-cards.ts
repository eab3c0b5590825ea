import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { LOCAL_WORKSPACE, type Names, renderForTerminal } from './slack';

const Happening = z.object({
  seq: z.number(),
  type: z.string(),
  channel: z.string().optional(),
  user: z.string().optional(),
  ts: z.string().optional(),
  threadTs: z.string().optional(),
  shown: z.record(z.string(), z.unknown()).optional(),
});
type Happening = z.infer<typeof Happening>;

/** How each kind of happening is headed; others are not printed. */
const HEADINGS: Record<string, (where: string, happening: Happening, names: Names) => string> = {
  'message.posted': (where, { threadTs }) => (threadTs ? `${where} · reply in the thread` : `${where} · new`),
  'message.updated': (where) => `${where} · updated`,
  'message.ephemeral': (where, { user }, names) => `${where} · only for ${names[user ?? ''] ?? user ?? ''}`,
};

const WIDTH = 100;
const AGAIN_AFTER_MS = 1_000;

async function namesOf(url: string): Promise<Names> {
  const read = async (what: string) =>
    z
      .array(z.object({ id: z.string(), name: z.string() }))
      .parse(await (await fetch(`${url}/control/${what}`)).json());
  const [people, channels] = await Promise.all([read('users'), read('channels')]);
  const groups = LOCAL_WORKSPACE.userGroups.map(({ id, handle }) => ({ id, name: handle }));
  return Object.fromEntries([...people, ...channels, ...groups].map(({ id, name }) => [id, name]));
}

/**
 * Prints what people see in the Slack stand-in, as they would read it, while it happens.
 * @param url the stand-in's address
 */
export function printCards(
  url: string,
  say: (text: string) => void,
  complain: (text: string) => void,
  timeZone: string,
): { stop(): void } {
  const stopping = new AbortController();
  let names: Names = {};
  let since = 0;

  const print = (happening: Happening) => {
    const heading = HEADINGS[happening.type];
    if (heading === undefined || happening.shown === undefined) return;
    const where = `#${names[happening.channel ?? ''] ?? happening.channel ?? ''}`;
    say(
      `── ${heading(where, happening, names)} · ${happening.channel ?? ''} ${happening.ts ?? ''} ${'─'.repeat(10)}`,
    );
    say(renderForTerminal(happening.shown, names, { width: WIDTH, timeZone }));
    say('');
  };

  const follow = async () => {
    names = await namesOf(url);
    const answer = await fetch(`${url}/control/events?since=${since}`, { signal: stopping.signal });
    if (answer.body === null) throw new Error('the Slack stand-in sends no events');
    for await (const line of createInterface({ input: Readable.fromWeb(answer.body) })) {
      if (!line.startsWith('data:')) continue;
      const happening = Happening.parse(JSON.parse(line.slice(5)));
      since = happening.seq;
      print(happening);
    }
  };

  const loop = async () => {
    while (!stopping.signal.aborted) {
      try {
        await follow();
      } catch (error) {
        if (stopping.signal.aborted) return;
        complain(`! cards are not printed for a moment (${String(error)})`);
        await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
      }
    }
  };
  void loop();
  return { stop: () => stopping.abort() };
}
