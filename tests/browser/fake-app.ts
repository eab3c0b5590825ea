import { EventEmitter, once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { LogLevel, WebClient } from '@slack/web-api';
import { SlackPeople } from '../../local/slack';
import { isJson, type Json, jsonList, textIn } from '../../local/slack/json';

/** What the app does with something that a person did. @returns the body of its ack */
export type Answer = (payload: Json) => Promise<Json> | Json;

/** An app in the bot's place: it posts with the bot's token, and hears what people do instead of the bot. */
export class FakeApp {
  /** Until a test says otherwise, everything is heard and nothing is done. */
  answer: Answer = () => ({});
  readonly client: WebClient;
  private readonly people: SlackPeople;
  private readonly actions: Json[] = [];
  private readonly news = new EventEmitter();
  private readonly server: Server;

  private constructor(slack: string) {
    this.client = new WebClient('xoxb-local', { slackApiUrl: `${slack}/api/`, logLevel: LogLevel.ERROR });
    this.people = new SlackPeople(slack);
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      const reply = async () => {
        try {
          const ack = await this.hear(Buffer.concat(chunks).toString('utf8'));
          response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(ack));
        } catch (error) {
          // The page tells that the app failed, and the step that sees this fails as well.
          response.writeHead(500).end(String(error));
        }
      };
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => void reply());
    });
  }

  /** @param slack address of the stand-in; from now on it tells this app alone */
  static async join(slack: string): Promise<FakeApp> {
    const app = new FakeApp(slack);
    app.server.listen(0, '127.0.0.1');
    await once(app.server, 'listening');
    const { port } = app.server.address() as AddressInfo;
    await app.people.deliverTo(`http://127.0.0.1:${port}`, 'signing-secret');
    return app;
  }

  async post(channel: string, text: string, blocks: readonly Json[]): Promise<void> {
    await this.client.apiCall('chat.postMessage', { channel, text, blocks });
  }

  /** The id of the view that is open on top before somebody. */
  async topView(user: string): Promise<string> {
    const { modal } = await this.people.user(user);
    return textIn(modal?.['id']);
  }

  /** The next use of an element, as `block_actions` tells it. Each is heard once. */
  async hears(actionId: string): Promise<Json> {
    for (;;) {
      const at = this.actions.findIndex((action) => action['action_id'] === actionId);
      const [action] = at < 0 ? [] : this.actions.splice(at, 1);
      if (action) return action;
      await once(this.news, 'action');
    }
  }

  async leave(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async hear(body: string): Promise<Json> {
    const payload: unknown = JSON.parse(new URLSearchParams(body).get('payload') ?? body);
    if (!isJson(payload)) throw new Error(`this is nothing that Slack sends: ${body}`);
    const ack = await this.answer(payload);
    this.actions.push(...jsonList(payload['actions']));
    this.news.emit('action');
    return ack;
  }
}
