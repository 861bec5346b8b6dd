import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as the server got it; `closed` turns true when its connection or answer has ended. */
export interface Seen {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** Milliseconds on the clock of `performance.now()`. */
  at: number;
  port: number;
  closed: boolean;
}

/** What the server does with one request, after it has read the whole of it. */
export type Behaviour = (response: ServerResponse, request: IncomingMessage) => void;

/** Answers with a status, a body and headers. */
export function answers(status: number, body = '', headers: Record<string, string> = {}): Behaviour {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Closes the connection without an answer. */
export const drops: Behaviour = (_response, request) => request.socket.destroy();

/** Sends the beginning of an answer and then closes the connection. */
export const dropsMidway: Behaviour = (response, request) => {
  response.writeHead(200, { 'Content-Length': '100' });
  response.write('begun', () => request.socket.destroy());
};

/** Never answers. */
export const hangs: Behaviour = () => undefined;

/** Answers 200 with a body that goes on byte by byte and never ends. */
export const drips: Behaviour = (response) => {
  response.writeHead(200);
  const timer = setInterval(() => response.write('.'), 10);
  response.on('close', () => clearInterval(timer));
};

/** Answers when `release` is called. */
export function held(behaviour: Behaviour): { behaviour: Behaviour; release: () => void } {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    behaviour: (response, request) => void released.then(() => behaviour(response, request)),
    release,
  };
}

/** A loopback HTTP server that does what the queue says, one behaviour per request, then answers 200. */
export async function httpServer(...queue: Behaviour[]) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => {
      body += chunk.toString();
    });
    request.on('end', () => {
      const { method = '', url = '', headers, socket } = request;
      const entry = { method, path: url, headers, body, at: performance.now(), closed: false };
      const one: Seen = { ...entry, port: socket.remotePort ?? 0 };
      response.on('close', () => {
        one.closed = true;
      });
      seen.push(one);
      (queue.shift() ?? answers(200, 'fine'))(response, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    /** The requests so far, oldest first. */
    seen,
    /** Adds behaviours for the next requests. */
    next: (...behaviours: Behaviour[]): void => void queue.push(...behaviours),
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
