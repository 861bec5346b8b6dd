import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';

/** The body of an error as Domo has it. `toe` is the trace id that its support asks for. */
export type ErrorBody = { status: number; statusReason: string; message: string; toe: string; path?: string };

const part = () => randomBytes(3).toString('hex').slice(0, 5).toUpperCase();

/** An error in Domo's own form, with a new trace id. */
export function errorBody(status: number, message: string, path?: string): ErrorBody {
  return {
    status,
    statusReason: STATUS_CODES[status] ?? 'Error',
    ...(path === undefined ? {} : { path }),
    message,
    toe: `SANDBOX-${part()}-${part()}`,
  };
}
