/** One request to Domo; `path` starts with `/` and may have a query, `body` is sent as JSON. */
export interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  /** It only asks, although it is a POST: it can be repeated and given up like a GET. */
  onlyAsks?: boolean;
  headers?: Record<string, string>;
  body?: unknown;
  /** Called when it is the turn of an attempt; true if that took time, so that the attempt waits for another turn. */
  beforeSend?(signal: AbortSignal): Promise<boolean>;
  /** Called at the moment of each attempt. */
  onSend?(): void;
  /** Called with a 401, before the request is sent again with a new session. */
  onRefusedSession?(answer: Answer): void;
}

/** The method whose rules hold for a request. */
export function effectiveMethod({ method, onlyAsks }: Request): Request['method'] {
  return onlyAsks ? 'GET' : method;
}

/** A complete HTTP answer of any status; `body` is text, not parsed. */
export interface Answer {
  status: number;
  body: string;
  headers?: AnswerHeaders;
  /** How many times the request was sent until this answer. */
  attempts?: number;
  /** For every part of the body that gets into a message, before anything else is done to it. */
  redact?: Redact;
}

/** Takes the known secrets out of the words of others. */
export type Redact = (text: string) => string;

/** The headers that say something about an answer. */
export const answerHeaders = [
  'content-range',
  'date',
  'link',
  'location',
  'x-has-more',
  'x-next-page',
  'x-total',
  'x-total-count',
  'x-total-pages',
] as const;
export type AnswerHeaders = { readonly [Name in (typeof answerHeaders)[number]]?: string | undefined };

/** Takes one log line. No header, body or secret is ever passed to it. */
export type Log = (message: string, fields: Record<string, string | number>) => void;
