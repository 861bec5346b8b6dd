import type { Diagnostic } from '../../../../provider/framework';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import type { FakeDomo } from '../../../support/fake-domo';
import {
  type Block,
  type Configuration,
  type EngineOptions,
  engineFor,
  type Plan,
  type State,
} from './engine';

export const set = 'domo_api_clients_exclusive.acme';

export const client = (name: string): Block => ({
  type: 'domo_api_client',
  config: { name, scopes: ['data'] },
});

/** A set of the names that may exist. */
export const only = (names: readonly WireValue[], max?: number): Block => ({
  type: 'domo_api_clients_exclusive',
  config: { names, max_revocations: max ?? null },
});

/** The titles of what was said, errors marked with `!`. */
export const titles = (said: readonly Diagnostic[]) =>
  said.map(({ severity, summary }) => (severity === 'error' ? `! ${summary}` : summary));

export const text = (said: readonly Diagnostic[]) =>
  said.map(({ summary, detail }) => `${summary}: ${detail}`).join('\n');

/** What the plan on the screen shows of the names: `- gone`, `+ new`. */
export function shown({ prior, changes }: Plan): string[] {
  const change = changes.find(({ address }) => address === set);
  if (!change) return [];
  const before = (prior.get(set)?.value.names ?? []) as string[];
  const after = (change.planned?.names ?? []) as string[];
  return [
    ...before.filter((name) => !after.includes(name)).map((name) => `- ${name}`),
    ...after.filter((name) => !before.includes(name)).map((name) => `+ ${name}`),
  ].sort();
}

export const namesIn = (state: State) => [...((state.get(set)?.value.names ?? []) as string[])].sort();

/** The names of all clients that there are. */
export const existing = (domo: FakeDomo) => [...domo.clients.values()].map(({ name }) => name).sort();

/** An engine, and the state after an apply of the configuration in which nothing went wrong. */
export async function settled(domo: FakeDomo, configuration: Configuration, options: EngineOptions = {}) {
  const engine = engineFor(domo, options);
  const plan = await engine.plan(configuration, new Map());
  const { state, said } = await engine.apply(plan);
  const errors = titles([...plan.said, ...said]).filter((title) => title.startsWith('!'));
  if (errors.length > 0) throw new Error(text([...plan.said, ...said]));
  return { ...engine, state, said: plan.said };
}

/** The DELETE requests that came. */
export const revocations = (domo: FakeDomo) =>
  domo.requests.filter(({ method }) => method === 'DELETE').length;
