import type { Context, Json } from '../context';
import { type Diagnostic, errorDiagnostic, warningDiagnostic } from '../diagnostics';

/** One call to a handler: the context it is given, and what it has reported through it. */
export interface Call<Client> {
  readonly context: Context<Client>;
  readonly diagnostics: Diagnostic[];
  /** The private state, ready to be stored. */
  stored(): Uint8Array;
}

export function createCall<Client>(client: Client, signal: AbortSignal, stored: Uint8Array): Call<Client> {
  const diagnostics: Diagnostic[] = [];
  const values = parse(stored);
  let isChanged = false;
  const set = (key: string, value: Json) => {
    isChanged ||= values.get(key) !== value;
    values.set(key, value);
  };
  return {
    diagnostics,
    stored() {
      if (values.size === 0) return new Uint8Array();
      return isChanged ? Buffer.from(JSON.stringify(Object.fromEntries(values))) : stored;
    },
    context: {
      client,
      signal,
      private: { get: (key) => values.get(key), set },
      warn: (summary, detail, path) => void diagnostics.push(warningDiagnostic(summary, detail, path)),
      error: (summary, detail, path) => void diagnostics.push(errorDiagnostic(summary, detail, path)),
    },
  };
}

/** Private state is a convenience: if another program wrote it, that must not block a plan or a destroy. */
function parse(stored: Uint8Array): Map<string, Json> {
  if (stored.length === 0) return new Map();
  try {
    const value: unknown = JSON.parse(Buffer.from(stored).toString('utf8'));
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}
