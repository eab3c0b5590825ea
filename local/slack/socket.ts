import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Ack, Envelope } from './envelope';
import { isJson, type Json } from './json';

/** Slack pings its sockets; the client hangs up when pings stop. */
const PING_EVERY_MS = 10_000;
const MOST_TICKETS = 100;

interface Waiting {
  socket: WebSocket;
  settle: (ack: Ack) => void;
}

/** The Socket Mode side of the stand-in: tickets, connections, envelopes and their acks. */
export class SocketMode {
  private readonly server = new WebSocketServer({ noServer: true });
  private readonly tickets = new Set<string>();
  private readonly waiting = new Map<string, Waiting>();
  private readonly pings: NodeJS.Timeout;
  private turn = 0;

  constructor(
    private readonly appId: string,
    private readonly ackLimitMs: number,
  ) {
    this.server.on('connection', (socket) => this.welcome(socket));
    this.pings = setInterval(() => {
      for (const socket of this.server.clients) socket.ping();
    }, PING_EVERY_MS);
    this.pings.unref();
  }

  get connections(): number {
    return [...this.server.clients].filter((socket) => socket.readyState === socket.OPEN).length;
  }

  /** A one-time path for `apps.connections.open`. */
  ticketPath(): string {
    const ticket = randomBytes(8).toString('hex');
    this.tickets.add(ticket);
    const [oldest] = this.tickets;
    if (this.tickets.size > MOST_TICKETS && oldest !== undefined) this.tickets.delete(oldest);
    return `/link/?ticket=${ticket}&app_id=${this.appId}`;
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (pathname !== '/link/' || !this.tickets.delete(searchParams.get('ticket') ?? '')) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
      return;
    }
    this.server.handleUpgrade(request, stream, head, (socket) =>
      this.server.emit('connection', socket, request),
    );
  }

  /** Sends an envelope to one connection, in turn, and waits for its ack. */
  deliver(envelope: Envelope): Promise<Ack> {
    const open = [...this.server.clients].filter((socket) => socket.readyState === socket.OPEN);
    this.turn += 1;
    const socket = open[this.turn % Math.max(open.length, 1)];
    if (!socket) return Promise.resolve({ status: 'not_connected' });
    const id = randomUUID();
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle({ status: 'timeout' }), this.ackLimitMs);
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(ack);
      };
      this.waiting.set(id, { socket, settle });
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.type,
          payload: envelope.payload,
          accepts_response_payload: envelope.type !== 'events_api',
        }),
      );
    });
  }

  /** Asks every client to reconnect, as Slack does when it recycles a host. */
  recycle(): void {
    for (const socket of this.server.clients) {
      socket.send(
        JSON.stringify({ type: 'disconnect', reason: 'refresh_requested', debug_info: { host: 'local' } }),
      );
    }
  }

  close(): void {
    clearInterval(this.pings);
    for (const { settle } of [...this.waiting.values()]) settle({ status: 'not_connected' });
    for (const socket of this.server.clients) socket.close(1001);
    this.server.close();
  }

  private welcome(socket: WebSocket): void {
    socket.on('message', (data: Buffer) => this.hear(data.toString('utf8')));
    // A broken connection ends in 'close', where what waited on it is settled.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      for (const waiting of [...this.waiting.values()]) {
        if (waiting.socket === socket) waiting.settle({ status: 'not_connected' });
      }
    });
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.connections,
        connection_info: { app_id: this.appId },
        debug_info: { host: 'local', approximate_connection_time: 18_060 },
      }),
    );
  }

  private hear(text: string): void {
    const frame = parseFrame(text);
    const id = frame?.['envelope_id'];
    if (!frame || typeof id !== 'string') return;
    const body = isJson(frame['payload']) ? frame['payload'] : {};
    this.waiting.get(id)?.settle({ status: 'acked', body });
  }
}

/** Slack ignores frames it cannot read. */
function parseFrame(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isJson(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
