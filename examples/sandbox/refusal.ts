/** What the sandbox answers instead of doing what was asked: an HTTP status and a sentence for people. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What OAuth calls it, at the endpoints that answer in its form. */
    readonly oauthError?: string,
  ) {
    super(message);
  }
}

/** The token is missing, wrong or expired. */
export const unauthorized = () => new Refusal(401, 'Unauthorized');

/** The caller lacks the grant, the scope, or the right to this very client. */
export const forbidden = () => new Refusal(403, 'Forbidden');

/** The body as an object with string keys; 400 for anything else. */
export function objectBody(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new Refusal(400, 'The body must be a JSON object.');
  }
  return { ...body };
}
