import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseDocument } from 'yaml';
import { STACK_OUTPUTS } from '../infra/resources';
import { deployedBot } from './data-access';
import { whichBot } from './which-bot';

/** How Slack reaches the app: over a WebSocket that the app opens, or at an https URL. */
export type Transport = { readonly socketMode: true } | { readonly socketMode: false; readonly url: string };

/** Where `manifest.yml` holds a URL; Bolt serves all of them at one address. */
const URLS = [
  ['features', 'slash_commands', 0, 'url'],
  ['settings', 'event_subscriptions', 'request_url'],
  ['settings', 'interactivity', 'request_url'],
  ['settings', 'interactivity', 'message_menu_options_url'],
] as const;

const USAGE = `Prints the manifest of the Slack app. Say how Slack reaches it:
  npm run -s manifest -- --socket-mode   > manifest.socket.yml   local run or container
  npm run -s manifest -- --settings FILE > manifest.http.yml     deployed to AWS: at the address that its stack says
  npm run -s manifest -- --url https://… > manifest.http.yml     the same at another address
`;

/**
 * The transport that the command line asks for.
 * @throws Error with advice when it names none, both, or a URL that Slack would refuse
 */
export function transportOf(args: readonly string[]): Transport {
  const { values } = parseArgs({
    args: [...args],
    options: { 'socket-mode': { type: 'boolean', default: false }, url: { type: 'string' } },
  });
  const { 'socket-mode': socketMode, url } = values;
  if (socketMode === (url !== undefined))
    throw new Error('Give either --socket-mode or --url, or --settings FILE.');
  if (url === undefined) return { socketMode: true };
  if (!URL.canParse(url) || new URL(url).protocol !== 'https:') {
    throw new Error(`Slack calls https URLs only, such as https://example.com/slack/events; got "${url}".`);
  }
  return { socketMode: false, url };
}

/** The manifest in `base` (the text of `manifest.yml`) for one transport, as YAML. */
export function manifestFor(base: string, transport: Transport): string {
  const manifest = parseDocument(base);
  manifest.commentBefore = null;
  for (const path of URLS) {
    if (transport.socketMode) manifest.deleteIn(path);
    else manifest.setIn(path, transport.url);
  }
  manifest.setIn(['settings', 'socket_mode_enabled'], transport.socketMode);
  return manifest.toString({ lineWidth: 0 });
}

async function main(): Promise<void> {
  try {
    const { bot, args } = whichBot(process.argv.slice(2));
    const address =
      bot.settings === undefined
        ? []
        : ['--url', (await deployedBot(bot.settings)).output(STACK_OUTPUTS.slack)];
    const transport = transportOf([...args, ...address]);
    process.stdout.write(manifestFor(readFileSync(join(__dirname, '../manifest.yml'), 'utf8'), transport));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 1;
  }
}

if (require.main === module) void main();
