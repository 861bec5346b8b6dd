import type { WireValue } from '../../provider/framework/schema/unknown';
import { fromWire, toWire } from '../../provider/protocol/wire/values';
import type { Method, ProviderRpcs } from '../protocol/provider-support';
import { errorsOf, record, requestBytes, startProvider } from '../protocol/provider-support';
import { type FakeDomo, fakeDomo } from '../support/fake-domo';

/** The RPCs of a plan, each with one request for every client, as bytes. */
export interface Step {
  /** For tables. */
  readonly name: string;
  readonly method: Method;
  readonly requests: readonly Buffer[];
  /** Another one, for what only the first RPC of its kind does, such as reading the list. */
  readonly first: Buffer;
}

const typeName = 'domo_api_client';

/** Puts clients into Domo, and makes the requests that Terraform would send for them, and for as many new ones. */
export async function makeSteps(provider: ProviderRpcs, domo: FakeDomo, clients: number): Promise<Step[]> {
  const ids = Array.from({ length: clients + 1 }, (_, index) => index + 1);
  for (const id of ids) domo.add({ id, name: `kept-${id}`, description: about, scopes, userId: domo.me.id });
  const { resourceSchemas } = await provider.call('getProviderSchema');
  await provider.configure(settingsOf(domo));
  const names = resourceSchemas[typeName]?.block?.attributes.map(({ name }) => name) ?? [];

  const states = new Map<number, WireValue>();
  const [state, stored] = await imported(provider);
  for (const id of ids) {
    states.set(id, {
      ...(state as Record<string, WireValue>),
      id: `${id}`,
      name: `kept-${id}`,
      client_id: domo.clients.get(id)?.clientId ?? null,
      client_secret: `fake-secret-${id}`,
    });
  }
  const configOf = (name: string) => record(names, { name, description: about, scopes });

  function step(name: string, method: Method, requestOf: (id: number) => object): Step {
    const [first = Buffer.alloc(0), ...requests] = ids.map((id) =>
      requestBytes(method, { typeName, ...requestOf(id) }),
    );
    return { name, method, first, requests };
  }
  return [
    step('validate', 'validateResourceConfig', (id) => ({ config: toWire(configOf(`new-${id}`)) })),
    step('plan, new', 'planResourceChange', (id) => {
      const config = toWire(configOf(`new-${id}`));
      return { config, proposedNewState: config, priorState: toWire(null) };
    }),
    step('upgrade', 'upgradeResourceState', (id) => ({
      version: 0n,
      rawState: { json: Buffer.from(JSON.stringify(states.get(id))), flatmap: {} },
    })),
    step('read', 'readResource', (id) => ({
      currentState: toWire(states.get(id) ?? null),
      private: stored,
    })),
    step('plan, unchanged', 'planResourceChange', (id) => {
      const state = toWire(states.get(id) ?? null);
      return {
        config: toWire(configOf(`kept-${id}`)),
        proposedNewState: state,
        priorState: state,
        priorPrivate: stored,
      };
    }),
  ];
}

const scopes = ['data', 'user'];
const about = 'One of many. Owner: the benchmark.';

export const settingsOf = (domo: FakeDomo) => ({ base_url: domo.url, access_token: domo.token });

/** The state and private state of client 1, after a refresh. */
async function imported({ call }: ProviderRpcs): Promise<[WireValue, Buffer]> {
  const { importedResources, ...answer } = await call('importResourceState', { typeName, id: '1' });
  const [one] = importedResources;
  const read = await call('readResource', {
    typeName,
    currentState: one?.state as never,
    private: one?.private ?? Buffer.alloc(0),
  });
  const errors = [...errorsOf(answer), ...errorsOf(read)];
  if (errors.length > 0) throw new Error(errors.join('\n'));
  return [fromWire(read.newState), read.private];
}

/** Lets `work` measure something with requests for so many clients, beside a fake Domo that has them. */
export async function withSteps(
  executable: string,
  clients: number,
  work: (steps: readonly Step[], settings: ReturnType<typeof settingsOf>) => Promise<void>,
): Promise<void> {
  const domo = await fakeDomo();
  try {
    const provider = await startProvider(executable);
    const steps = await makeSteps(provider, domo, clients).finally(provider.plugin.stop);
    await work(steps, settingsOf(domo));
  } finally {
    await domo.close();
  }
}
