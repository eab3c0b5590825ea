import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that listens on this machine only. */
export interface Listening {
  readonly url: string;
  /** Takes no more connections, finishes open requests, and resolves when the last connection is closed. */
  drain(): Promise<void>;
}

/**
 * @param port a free one when left out
 * @throws the port is taken
 */
export function listen(server: Server, port = 0): Promise<Listening> {
  const open = new Map<Socket, number>();
  let draining = false;
  const count = (socket: Socket, change: 1 | -1) => {
    const requests = open.get(socket);
    if (requests === undefined) return;
    open.set(socket, requests + change);
    if (draining && requests + change === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    open.set(socket, 0);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  // Node's own takes a connection for idle as soon as its answer has been handed over, and cuts what has not
  // been sent yet. `close` calls it.
  server.closeIdleConnections = () => {
    for (const [socket, requests] of open) if (requests === 0) socket.destroySoon();
  };

  return new Promise((resolve, reject) => {
    const fail = (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(taken ? new Error(`Port ${port} is taken: stop what uses it, or choose another.`) : error);
    };
    server.once('error', fail);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', fail);
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        drain() {
          draining = true;
          return new Promise((closed, failed) => {
            server.close((error) => (error ? failed(error) : closed()));
          });
        },
      });
    });
  });
}
