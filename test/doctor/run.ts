import { PassThrough, Writable } from 'node:stream';
import { doctor } from '../../provider/doctor';
import type { Finding } from '../../provider/doctor/finding';
import type { FakeDomo } from '../support/fake-domo';

/** What one run of the doctor came to. */
export interface Visit {
  readonly code: 0 | 1;
  readonly text: string;
  readonly complaints: string;
  /** What it asked for at the terminal. */
  readonly prompt: string;
}

export interface Options {
  readonly env?: Record<string, string>;
  /** What a person types; without it there is no terminal. */
  readonly typed?: string;
  readonly signal?: AbortSignal;
  readonly atMost?: number;
}

/** The environment that points a provider at a fake Domo. */
export const pointedAt = (domo: FakeDomo) => ({
  DOMO_BASE_URL: domo.url,
  DOMO_API_URL: domo.url,
  DOMO_ACCESS_TOKEN: domo.token,
  DOMO_REQUEST_TIMEOUT: '2s',
});

/** Runs the doctor in this process, with little patience. */
export async function visit(domo: FakeDomo, args: string[], options: Options = {}): Promise<Visit> {
  const { env = {}, typed, signal = new AbortController().signal, atMost = 400 } = options;
  const said = { text: '', complaints: '', prompt: '' };
  const input = Object.assign(new PassThrough(), { isTTY: typed !== undefined });
  input.end(typed === undefined ? '' : `${typed}\n`);
  const promptOn = new Writable({
    write(chunk, _encoding, done) {
      said.prompt += String(chunk);
      done();
    },
  });
  const code = await doctor(args, {
    environment: { ...pointedAt(domo), ...env },
    input,
    promptOn,
    print: (text) => {
      said.text += text;
    },
    complain: (text) => {
      said.complaints += text;
    },
    pace: { every: 40, atMost, cleanUp: 5_000 },
    signal,
  });
  return { code, ...said };
}

export interface Report {
  readonly healthy: boolean;
  readonly checks: readonly Finding[];
  readonly trial: readonly Finding[] | null;
}

/** The same with `--json`, parsed. */
export async function report(domo: FakeDomo, args: string[], options?: Options) {
  const { code, text } = await visit(domo, ['--json', ...args], options);
  const parsed = JSON.parse(text) as Report;
  const all = [...parsed.checks, ...(parsed.trial ?? [])];
  return {
    code,
    text,
    ...parsed,
    /** The findings of one check. */
    of: (check: string) => all.filter((finding) => finding.check === check),
    names: all.map(({ check, status }) => `${check} ${status}`),
  };
}

/** Runs with `--write`, confirmed. */
export const trial = (domo: FakeDomo, options?: Options) =>
  report(domo, ['--write', '--confirm', new URL(domo.url).host], options);
