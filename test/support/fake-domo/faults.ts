import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** A request as the fake Domo saw it. `path` has no query; `at` is in milliseconds. */
export type SeenRequest = {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  /** The parsed JSON body, once it has arrived. */
  body?: unknown;
  at: number;
};

/** An answer: text and bytes are sent as they are, anything else as JSON, undefined as no body. */
export type Answer = { status: number; headers?: Record<string, string>; body?: unknown };

/** What goes wrong with the next matching requests. */
export type Fault = {
  /** Any if it is left out. */
  method?: string;
  /** Any if it is left out; `*` stands for one segment. */
  path?: string;
  /** How many requests; default 1. */
  times?: number;
  /** Milliseconds to wait first. Alone, the request is then served as usual. */
  delay?: number;
  /** Answer this instead. A 429 without headers asks to wait for one second. */
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  /** Whether the work is done although `status` or `hang` hides its answer. */
  afterWork?: boolean;
  /** Break the connection: before the work, after it, or (after it) in the middle of the answer. */
  drop?: 'before' | 'after' | 'middle';
  /** Never answer. */
  hang?: boolean;
  /** An answer that begins and goes on without an end: as fast as it is read, or byte by byte. */
  endless?: 'fast' | 'slow';
};

/** Whether a request is of this method and path, where `*` in the path stands for one segment. */
export function matches(request: SeenRequest, method = request.method, path = request.path): boolean {
  if (request.method !== method) return false;
  const [wanted, got] = [path.split('/'), request.path.split('/')];
  return (
    wanted.length === got.length &&
    wanted.every((segment, index) => segment === '*' || segment === got[index])
  );
}

/** The first fault that matches, counted down; a fault that is used up is removed. */
export function takeFault(faults: Fault[], request: SeenRequest): Fault | undefined {
  const index = faults.findIndex((fault) => matches(request, fault.method, fault.path));
  const fault = faults[index];
  if (!fault) return undefined;
  const left = (fault.times ?? 1) - 1;
  if (left > 0) faults[index] = { ...fault, times: left };
  else faults.splice(index, 1);
  return fault;
}

/** Answers a request as the fault wants it; `work` does what the request asks for. */
export async function answerWithFault(
  fault: Fault,
  work: () => Answer,
  response: ServerResponse,
): Promise<void> {
  if (fault.delay) await sleep(fault.delay);
  if (fault.drop === 'middle') return sendHalf(response, work());
  if (fault.drop === 'after' || fault.afterWork) work();
  if (fault.drop) {
    response.destroy();
    return;
  }
  if (fault.hang) return;
  if (fault.endless) return sendForever(response, fault.endless);
  if (fault.status === undefined) return send(response, work());
  const headers = fault.headers ?? (fault.status === 429 ? { 'Retry-After': '1' } : {});
  send(response, { status: fault.status, headers, body: fault.body ?? `Fault ${fault.status}` });
}

/** Sends an answer. */
export function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, { 'Content-Type': contentType(body), ...headers }).end(textOf(body));
}

function sendHalf(response: ServerResponse, { status, headers, body }: Answer): void {
  const text = Buffer.from(textOf(body) as string);
  const length = { 'Content-Type': contentType(body), 'Content-Length': String(text.length) };
  response.writeHead(status, { ...length, ...headers });
  response.write(text.subarray(0, text.length / 2), () => response.destroy());
}

function sendForever(response: ServerResponse, pace: 'fast' | 'slow'): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  if (pace === 'slow') {
    const timer = setInterval(() => response.write('['), 10);
    response.on('close', () => clearInterval(timer));
    return;
  }
  const chunk = Buffer.alloc(1024 * 1024, '[');
  const more = (): void => void (response.closed || response.write(chunk, more));
  more();
}

function contentType(body: unknown): string {
  return typeof body === 'string' ? 'text/plain' : 'application/json';
}

function textOf(body: unknown): string | Buffer {
  if (body === undefined) return '';
  return typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
}
