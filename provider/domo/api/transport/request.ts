/** One request to Domo; `path` starts with `/` and may have a query, `body` is sent as JSON. */
export interface Request {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}

/** A complete HTTP answer of any status; `body` is text, not parsed. */
export interface Answer {
  status: number;
  body: string;
}

/** Takes one log line. No header, body or secret is ever passed to it. */
export type Log = (message: string, fields: Record<string, string | number>) => void;
