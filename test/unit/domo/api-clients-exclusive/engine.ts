import { domoProvider } from '../../../../provider/domo/provider';
import type { Diagnostic } from '../../../../provider/framework';
import { createOperations } from '../../../../provider/framework/operations';
import type { ResourceOperations } from '../../../../provider/framework/operations/resource';
import { unknown, type WireValue } from '../../../../provider/framework/schema/unknown';
import type { FakeDomo } from '../../../support/fake-domo';

/** A resource block: its arguments, without those that are null. */
export interface Block {
  readonly type: 'domo_api_client' | 'domo_api_clients_exclusive';
  readonly config: Values;
}
export type Values = Readonly<Record<string, WireValue>>;
interface Stored {
  readonly type: Block['type'];
  readonly value: Values;
  readonly private: Uint8Array;
}
/** By address. */
export type State = ReadonlyMap<string, Stored>;
export type Configuration = Readonly<Record<string, Block>>;

interface Change {
  readonly address: string;
  readonly type: Block['type'];
  readonly config: Values | null;
  readonly planned: Values | null;
}
/** What a plan file has: the refreshed state, and what is to change. */
export interface Plan {
  readonly prior: State;
  readonly changes: readonly Change[];
  readonly said: readonly Diagnostic[];
}

const log = { hide() {}, debug() {}, info() {}, warn() {}, redact: (text: string) => text };
const nothing = new Uint8Array();
const timeouts = { timeouts: null };
const attributesOf: Readonly<Record<Block['type'], Values>> = {
  domo_api_client: {
    ...{ id: null, name: null, description: null, scopes: null, secret_public_key: null, client_id: null },
    ...{ masked_client_id: null, client_secret: null, encrypted_client_secret: null, owner_id: null },
    ...{ instance: null, ...timeouts },
  },
  domo_api_clients_exclusive: { names: null, max_revocations: null, instance: null },
};
const computed = new Set([
  ...['id', 'client_id', 'masked_client_id', 'client_secret', 'encrypted_client_secret', 'owner_id'],
  'instance',
]);

/** How an engine differs in what it tells a provider: only Terraform says that it applies. */
export interface EngineOptions {
  readonly tellsApply?: boolean;
  /** Stacks say the same of a plan. */
  readonly isStack?: boolean;
  readonly settings?: Values;
}

/**
 * As much of an engine as two resources need: each walk is a process of its own, a plan refreshes and plans in the
 * order of the configuration (what is only in the state comes first), an apply plans again what changes.
 */
export function engineFor(
  domo: FakeDomo,
  { tellsApply = true, isStack = false, settings = {} }: EngineOptions = {},
) {
  function startProcess(applies: boolean, other: Values = {}): ResourceOperations {
    const operations = createOperations(domoProvider, log as never);
    const names = Object.keys(domoProvider.attributes);
    const given = { instance: 'acme', base_url: domo.url, access_token: domo.token, max_retries: 0 };
    const config = { ...Object.fromEntries(names.map((name) => [name, null])), ...given };
    const said = operations.provider.configure(
      { ...config, ...settings, ...other } as never,
      '1.13.0',
      isStack || (applies && tellsApply),
    );
    if (said.length > 0) throw new Error(JSON.stringify(said));
    return operations.resource();
  }

  async function plan(
    configuration: Configuration,
    state: State,
    { refresh = true, destroy = false, other = {} as Values } = {},
  ): Promise<Plan> {
    const process = startProcess(false, other);
    const prior = new Map(state);
    const changes: Change[] = [];
    const said: Diagnostic[] = [];
    const orphans = [...state.keys()].filter((address) => destroy || !(address in configuration));
    for (const address of [...orphans, ...Object.keys(destroy ? {} : configuration)]) {
      const block = destroy ? undefined : configuration[address];
      let stored = prior.get(address);
      const type = block?.type ?? (stored as Stored).type;
      if (stored && refresh) {
        const read = await process.read(type, { ...request(stored), state: stored.value });
        said.push(...read.diagnostics);
        if (failed(read.diagnostics)) continue;
        if (read.state === null) prior.delete(address);
        else prior.set(address, { type, value: read.state as Values, private: read.private });
        stored = prior.get(address);
      }
      if (!block && !stored) continue;
      const config = block ? { ...attributesOf[type], ...block.config } : null;
      const outcome = await planOne(process, type, config, stored);
      said.push(...outcome.diagnostics);
      const planned = outcome.state as Values | null;
      if (failed(outcome.diagnostics) || same(planned, stored?.value ?? null)) continue;
      changes.push({ address, type, config, planned });
    }
    return { prior, changes, said };
  }

  /** Returns the new state, and what was said; throws if the provider contradicts its plan. */
  async function apply({ prior, changes }: Plan, other: Values = {}, { plansAgain = true } = {}) {
    const process = startProcess(true, other);
    const state = new Map(prior);
    const said: Diagnostic[] = [];
    for (const { address, type, config, planned } of changes) {
      const stored = state.get(address);
      let privately = stored?.private ?? nothing;
      if (config !== null && plansAgain) {
        const again = await planOne(process, type, config, stored);
        said.push(...again.diagnostics);
        if (failed(again.diagnostics)) continue;
        assertKept(planned, again.state as Values, 'inconsistent final plan');
        privately = again.private;
      }
      const outcome = await process.apply(type, {
        config: config as WireValue,
        prior: (stored?.value ?? null) as WireValue,
        planned: planned as WireValue,
        private: privately,
      });
      said.push(...outcome.diagnostics);
      const value = outcome.state as Values | null;
      if (!failed(outcome.diagnostics)) assertKept(planned, value, 'inconsistent result after apply');
      if (value === null) state.delete(address);
      else state.set(address, { type, value, private: outcome.private });
    }
    return { state: state as State, said };
  }

  async function importInto(state: State, address: string, id: string): Promise<State> {
    const type = 'domo_api_clients_exclusive';
    const {
      state: value,
      private: stored,
      diagnostics,
    } = await startProcess(false).import(type, { id }, false);
    if (failed(diagnostics)) throw new Error(JSON.stringify(diagnostics));
    return new Map(state).set(address, { type, value: value as Values, private: stored });
  }

  return { plan, apply, importInto };
}

const request = ({ private: stored }: Stored) => ({ private: stored, deferralAllowed: false });
const failed = (said: readonly Diagnostic[]) => said.some(({ severity }) => severity === 'error');

function planOne(
  process: ResourceOperations,
  type: Block['type'],
  config: Values | null,
  stored: Stored | undefined,
) {
  const prior = stored?.value ?? null;
  const kept = (name: string) => (computed.has(name) ? (prior?.[name] ?? null) : null);
  const proposed =
    config && Object.fromEntries(Object.entries(config).map(([name, value]) => [name, value ?? kept(name)]));
  return process.plan(type, {
    config: config as WireValue,
    prior: prior as WireValue,
    proposed: proposed as WireValue,
    private: stored?.private ?? nothing,
    deferralAllowed: false,
  });
}

function assertKept(planned: Values | null, now: Values | null, what: string): void {
  for (const [name, value] of Object.entries(planned ?? {}))
    if (value !== unknown && !same(value, now?.[name] ?? null)) throw new Error(`${what}: ${name}`);
}

/** As engines compare: the order in a set means nothing. */
function same(one: unknown, other: unknown): boolean {
  const canonical = (_: string, value: unknown) =>
    Array.isArray(value) ? value.map((each) => JSON.stringify(each)).sort() : value;
  return JSON.stringify(one, canonical) === JSON.stringify(other, canonical);
}
