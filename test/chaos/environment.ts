import { setTimeout as wait } from 'node:timers/promises';
import { open } from '../../provider/domo/sealing/open';
import { rsaKey } from '../support/keys';
import { domoMirror } from '../support/provider-build';
import type { RunningSandbox } from '../support/running-sandbox';
import { sandboxProcess } from '../support/sandbox-process';
import { type Engine, type Result, type Running, type Workspace, workspace } from '../support/terraform';

/** A client as the server has it. */
export interface Live {
  readonly id: string;
  readonly name: string;
}

/** A client as the state has it; the id and the secret, which may be sealed there, are null if they are not known. */
export interface Kept {
  readonly id: string | null;
  readonly name: string;
  readonly clientId: string | null;
  readonly secret: string | null;
}

/** How long a delayed request takes, in ms: half as long again as the provider waits. */
const delay = 1_500;

const configuration = `terraform {
  required_providers {
    domo = { source = "domo-governance/domo" }
  }
}
provider "domo" {
  request_timeout = "1s"
}
variable "clients" {
  type = map(string)
}
variable "key" {
  type = string
}
resource "domo_api_client" "c" {
  for_each    = var.clients
  name        = each.key
  description = each.value
  scopes      = ["data"]
  # Every second one is sealed.
  secret_public_key = tonumber(trimprefix(each.key, "client-")) % 2 == 0 ? var.key : null
}
`;

export interface Figures {
  readonly creations: number;
  readonly revocations: number;
  readonly requests: number;
  readonly faults: Record<string, number>;
}

/** A sandbox that misbehaves on demand, and a workspace whose clients are those of `wanted`. */
export interface Environment {
  readonly sandbox: RunningSandbox;
  readonly work: Workspace;
  /** From now on the configuration asks for these clients: their descriptions by their names. */
  want(clients: ReadonlyMap<string, string>): void;
  /** That part of all requests meets a fault, from 0 to 1. */
  misbehave(share: number, seed: number): Promise<void>;
  /** A command to its end; what Domo still does for requests that were given up is awaited as well. */
  run(...args: string[]): Promise<Result>;
  /** Starts an apply, lets `meanwhile` happen once it has made so many creations or revocations, and awaits the end. */
  applyUntil(changes: number, meanwhile: (running: Running) => void): Promise<Result>;
  live(): Promise<Live[]>;
  kept(): Promise<Kept[]>;
  /** What has been asked of Domo: creations and revocations in all, and requests and faults by kind while it misbehaved. */
  figures(): Promise<Figures>;
}

export const apply = ['apply', '-auto-approve', '-no-color', '-input=false', '-parallelism=10'] as const;

export async function openEnvironment(engine: Engine): Promise<Environment> {
  const sandbox = await sandboxProcess();
  const { publicKey, privateKey } = rsaKey();
  const work = workspace({
    engine,
    files: { 'main.tf': configuration },
    mirrors: [domoMirror()],
    env: { ...sandbox.settings, TF_VAR_key: publicKey },
  });
  await work.init();
  await sandbox.control('PUT', 'quirks', { listLag: 1_000 });

  async function settled(done: Promise<Result>): Promise<Result> {
    const result = await done;
    await wait(delay + 500);
    return result;
  }
  async function asked(method: 'POST' | 'DELETE'): Promise<number> {
    const counts = Object.entries((await sandbox.control('GET', 'requests')) as Record<string, number>);
    const matching = counts.filter(
      ([key]) => key.startsWith(`${method} `) && key.includes('developer-tokens'),
    );
    return matching.reduce((sum, [, count]) => sum + count, 0);
  }
  const changes = async () => (await asked('POST')) + (await asked('DELETE'));

  async function secretIn(values: Record<string, unknown>): Promise<string | null> {
    const { client_secret: secret, encrypted_client_secret: sealed } = values;
    if (typeof sealed !== 'string') return secret as string | null;
    if (secret !== null) throw new Error(`${values.name} has its secret sealed and in clear.`);
    const opened = await open(sealed, privateKey);
    if ('problem' in opened) throw new Error(`${values.name}: ${opened.problem}`);
    return opened.secret;
  }

  return {
    sandbox,
    work,
    want: (clients) =>
      work.write('clients.auto.tfvars.json', JSON.stringify({ clients: Object.fromEntries(clients) })),
    misbehave: async (share, seed) =>
      void (await sandbox.control('PUT', 'chaos', share === 0 ? {} : { seed, share, delay })),
    run: (...args) => settled(work.run(...args)),
    async applyUntil(count, meanwhile) {
      const enough = (await changes()) + count;
      const running = work.start(...apply);
      let ended = false;
      const end = () => {
        ended = true;
      };
      running.done.then(end, end);
      while (!ended && (await changes()) < enough) await wait(20);
      if (!ended) meanwhile(running);
      return settled(running.done);
    },
    async live() {
      const clients = (await sandbox.control('GET', 'clients')) as { id: number; name: string }[];
      return clients.map(({ id, name }) => ({ id: String(id), name }));
    },
    async kept() {
      const { resources } = await work.state();
      return Promise.all(
        resources.map(async ({ values }) => ({
          id: values.id as string | null,
          name: String(values.name),
          clientId: values.client_id as string | null,
          secret: await secretIn(values),
        })),
      );
    },
    async figures() {
      const drawn = (await sandbox.control('GET', 'chaos')) as Pick<Figures, 'requests' | 'faults'>;
      return { creations: await asked('POST'), revocations: await asked('DELETE'), ...drawn };
    },
  };
}
