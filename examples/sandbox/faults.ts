import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Blocked, blockedAnswer } from './blocked';
import { errorBody } from './error-form';
import { objectBody, Refusal } from './refusal';

/**
 * Something that goes wrong, on demand, for the next requests that match. One request meets one fault:
 * the oldest that matches and is not used up. "The work" is what the request asks for.
 */
export type Fault = {
  /** Any method where absent. */
  method?: string;
  /** What the path begins with; `{id}` or `*` stands for one segment. Any path where absent. */
  path?: string;
  /** Answers this status instead of doing the work. */
  status?: number;
  /** The body beside `status`: a string is sent as text, anything else as JSON. */
  body?: unknown;
  /** The Retry-After header beside `status`: seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** Milliseconds to wait, before the work. The work is done even if the caller has gone. */
  delay?: number;
  /** Does the work first: `status` then replaces its answer, and `delay` holds the answer back. */
  after?: boolean;
  /** Closes the connection with no answer: `before` the work (it is not done) or `after` it. */
  drop?: 'before' | 'after';
  /** Does the work and spoils its answer: half of it, or a web page with the same status. */
  corrupt?: 'truncate' | 'html';
  /** Answers as if the caller's address were not on the IP allowlist: Domo's page with status 200, or a 303 to it. */
  blocked?: Blocked;
  /** For how many matching requests; 1 where absent. */
  count?: number;
};

const page = '<!DOCTYPE html><html><body>Something went wrong</body></html>';

const isText = (value: unknown) => typeof value === 'string' && value !== '';
const isAmount = (value: unknown) => typeof value === 'number' && value >= 0;
const isWhole = (value: unknown) => isAmount(value) && Number.isInteger(value);

const checks: Record<keyof Fault, (value: unknown) => boolean> = {
  method: isText,
  path: isText,
  status: (value) => isWhole(value) && Number(value) >= 200 && Number(value) <= 599,
  body: () => true,
  retryAfter: (value) => isText(value) || isWhole(value),
  delay: isAmount,
  after: (value) => typeof value === 'boolean',
  drop: (value) => value === 'before' || value === 'after',
  corrupt: (value) => value === 'truncate' || value === 'html',
  blocked: (value) => value === 'page' || value === 'redirect',
  count: (value) => isWhole(value) && Number(value) > 0,
};

function parseFault(body: unknown): Fault {
  const fault = objectBody(body);
  for (const [key, value] of Object.entries(fault)) {
    const check = Object.entries(checks).find(([name]) => name === key)?.[1];
    if (!check?.(value)) throw new Refusal(400, `"${key}" is not a fault setting, or its value is invalid.`);
  }
  return fault;
}

function pathPattern(path: string): RegExp {
  const parts = path.split(/\{id\}|\*/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]+')}`);
}

/** The faults that wait for their requests. */
export function createFaults() {
  let waiting: (Fault & { count: number })[] = [];
  return {
    /** Adds a fault from a request body; 400 for one that could not happen as written. */
    add(body: unknown) {
      const fault = parseFault(body);
      waiting.push({ ...fault, count: fault.count ?? 1 });
    },
    clear() {
      waiting = [];
    },
    /** What is not used up yet, with the counts that are left. */
    list: (): readonly Fault[] => waiting,
    /** The fault that this request meets; it is used up by one. */
    take(method: string, path: string): Fault | undefined {
      const fault = waiting.find(
        (each) =>
          (each.method === undefined || each.method.toUpperCase() === method) &&
          (each.path === undefined || pathPattern(each.path).test(path)),
      );
      if (fault && --fault.count === 0) waiting = waiting.filter((each) => each !== fault);
      return fault;
    },
  };
}

function replacement(fault: Fault, status: number, reply: FastifyReply): string {
  const { body = errorBody(status, 'A fault of the sandbox'), retryAfter } = fault;
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter));
  const isPlain = typeof body === 'string';
  reply.code(status).type(isPlain ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8');
  return isPlain ? body : JSON.stringify(body);
}

function spoil(fault: Fault, payload: unknown, reply: FastifyReply): unknown {
  if (fault.corrupt === 'html') {
    reply.type('text/html; charset=utf-8');
    return page;
  }
  if (fault.corrupt === 'truncate') {
    const text = String(payload ?? '');
    return text.slice(0, Math.floor(text.length / 2));
  }
  return fault.after && fault.status !== undefined ? replacement(fault, fault.status, reply) : payload;
}

/** As the router has read it, however it was spelled. */
function pathOf({ routeOptions, params, url }: FastifyRequest): string {
  const values = new Map(Object.entries(params ?? {}));
  const path = routeOptions.url ?? url.split('?')[0] ?? '';
  return path.replace(/:(\w+)/g, (_, name) => String(values.get(name)));
}

/**
 * Lets the faults that `take` gives happen to the server's requests. The body has been read by then, so a caller who leaves
 * during a delay stops nothing.
 */
export function applyFaults(
  server: FastifyInstance,
  take: (method: string, path: string) => Fault | undefined,
) {
  const met = new WeakMap<FastifyRequest, Fault>();

  server.addHook('preHandler', async (request, reply) => {
    const fault = take(request.method, pathOf(request));
    if (!fault) return;
    if (fault.delay !== undefined && !fault.after) await wait(fault.delay, undefined, { ref: false });
    if (fault.drop === 'before') {
      reply.hijack();
      request.raw.socket.destroy();
    } else if (fault.blocked !== undefined) {
      await reply.send(blockedAnswer(fault.blocked, reply));
    } else if (fault.status !== undefined && !fault.after) {
      await reply.send(replacement(fault, fault.status, reply));
    } else {
      met.set(request, fault);
    }
  });

  server.addHook('onSend', async (request, reply, payload) => {
    const fault = met.get(request);
    if (!fault) return payload;
    met.delete(request);
    if (fault.delay !== undefined && fault.after) await wait(fault.delay, undefined, { ref: false });
    if (fault.drop === 'after') request.raw.socket.destroy();
    return spoil(fault, payload, reply);
  });
}
