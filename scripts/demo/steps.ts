import { isDeepStrictEqual } from 'node:util';
import { type Credentials, domo, field } from './domo';
import type { Engine } from './engine';
import type { Ended } from './processes';
import type { Sandbox } from './sandbox';

/** What the walk needs. */
export type Walk = { engine: Engine; sandbox: Sandbox; signal: AbortSignal; say(line: string): void };

const address = 'domo_api_client.nightly_export';

/** The configuration that the demo applies. */
export const configuration = (scopes: string[]) => `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}

resource "domo_api_client" "nightly_export" {
  name        = "nightly-export"
  description = "Reads the sales datasets into the warehouse. Owner: data platform team."
  scopes      = ${JSON.stringify(scopes)}
}

output "credentials" {
  sensitive = true
  value = {
    id     = domo_api_client.nightly_export.client_id
    secret = domo_api_client.nightly_export.client_secret
  }
}
`;

const options = ['-no-color', '-input=false'];
const apply = ['apply', '-auto-approve', ...options];
const plan = ['plan', '-detailed-exitcode', ...options];

/**
 * The life of a client, step by step: each step says what it does and what it saw, and throws if that is not what it
 * should be.
 */
export async function walk({ engine, sandbox, signal, say }: Walk): Promise<void> {
  const http = domo(sandbox, signal);
  const administrator = sandbox.user('manager');
  const total = 8;
  let step = 0;
  const begin = (line: string) => {
    step += 1;
    say(`${step}/${total} ${line}`);
  };
  const saw = (line: string) => say(`      ${line}`);

  async function tokenWorks(credentials: Credentials): Promise<void> {
    const { status, body } = await http.token(credentials);
    const token = field(body, 'access_token');
    if (status !== 200 || typeof token !== 'string') throw unexpected('GET /oauth/token', status, 200);
    const datasets = await http.datasets(token);
    if (datasets.status !== 200)
      throw unexpected('GET /v1/datasets with the OAuth token', datasets.status, 200);
    saw(`OAuth token ${token.slice(0, 14)}… obtained with the secret; GET /v1/datasets answers 200.`);
  }
  async function isRefused(credentials: Credentials, whose: string): Promise<void> {
    const { status } = await http.token(credentials);
    if (status !== 401) throw unexpected(`GET /oauth/token with ${whose} credentials`, status, 401);
    saw(`GET /oauth/token answers 401 to ${whose} credentials.`);
  }
  async function listed(): Promise<string[]> {
    const { status, body } = await http.list(administrator);
    if (status !== 200 || !Array.isArray(body)) throw unexpected('the list of API clients', status, 200);
    return body.map((client) => String(field(client, 'id')));
  }

  begin('apply: an API client that is in the configuration and not in Domo.');
  engine.write('main.tf', configuration(['data']));
  await engine.run(['init', ...options], 0);
  saw(lineOf(await engine.run(apply, 0), /^Apply complete! Resources: 1 added, 0 changed, 0 destroyed\./m));
  const first = await created(engine);
  equal('the clients in Domo', await listed(), [first.id]);
  saw(`Domo has it under id ${first.id}, client id ${first.masked}; the state has its secret.`);

  begin('token: what the secret is for.');
  await tokenWorks(first.credentials);

  begin('plan: the same configuration again.');
  saw(`Exit code 0: ${lineOf(await engine.run(plan, 0), /^No changes\./m)}`);

  begin(`drift: an administrator revokes the client in Domo, behind Terraform's back.`);
  const revoked = await http.revoke(administrator, first.id);
  if (revoked.status !== 204) throw unexpected('the revocation', revoked.status, 204);
  saw('A new client can appear late in the list: for its first minute the provider looks for 5 seconds.');
  const drifted = await engine.run([...plan, '-out=healing.plan'], 2);
  saw(`Exit code 2: ${lineOf(drifted, /^Warning: An API client was revoked outside Terraform/m)}.`);
  saw(lineOf(drifted, /^Plan: 1 to add, 0 to change, 0 to destroy\./m));

  begin('apply: heals it with a new client and a new secret.');
  const healing = await engine.run(['apply', ...options, 'healing.plan'], 0);
  saw(lineOf(healing, /^Apply complete! Resources: 1 added, 0 changed, 0 destroyed\./m));
  const second = await created(engine);
  equal('the clients in Domo', await listed(), [second.id]);
  if (second.id === first.id || second.credentials.secret === first.credentials.secret) {
    throw new Error('The new client is not another one.');
  }
  saw(`Domo has it under id ${second.id}, client id ${second.masked}.`);
  await tokenWorks(second.credentials);
  await isRefused(first.credentials, "the revoked client's");

  begin('change: the scopes ["data"] become ["data", "user"]; Domo cannot edit a client.');
  engine.write('main.tf', configuration(['data', 'user']));
  const changed = await engine.run([...plan, '-out=change.plan'], 2);
  const actions = await plannedActions(engine, 'change.plan');
  equal('the planned actions', actions, ['delete', 'create']);
  saw(`Exit code 2: ${lineOf(changed, /domo_api_client\.nightly_export must be replaced/)}.`);
  saw(lineOf(changed, /^Plan: 1 to add, 0 to change, 1 to destroy\./m));
  equal('the clients in Domo', await listed(), [second.id]);

  begin('destroy: revokes the client.');
  const destroyed = await engine.run(['destroy', '-auto-approve', ...options], 0);
  saw(lineOf(destroyed, /^Destroy complete! Resources: 1 destroyed\./m));
  equal('the clients in Domo', await listed(), []);
  saw('Domo no longer lists any client.');

  begin('token: the old credentials again.');
  await isRefused(second.credentials, "the destroyed client's");
}

async function created(engine: Engine): Promise<{ id: string; masked: string; credentials: Credentials }> {
  const state = await engine.json('show', '-json');
  const resources = field(field(field(state, 'values'), 'root_module'), 'resources');
  const resource = Array.isArray(resources)
    ? resources.find((each) => field(each, 'address') === address)
    : null;
  const values = field(resource, 'values');
  const text = (name: string) => {
    const value = field(values, name);
    if (typeof value === 'string' && value !== '') return value;
    throw new Error(`The state has no ${name} of ${address}.`);
  };
  return {
    id: text('id'),
    masked: text('masked_client_id'),
    credentials: { id: text('client_id'), secret: text('client_secret') },
  };
}

async function plannedActions(engine: Engine, file: string): Promise<unknown> {
  const changes = field(await engine.json('show', '-json', file), 'resource_changes');
  const change = Array.isArray(changes) ? changes.find((each) => field(each, 'address') === address) : null;
  return field(field(change, 'change'), 'actions');
}

function lineOf({ stdout, stderr }: Ended, pattern: RegExp): string {
  const found = pattern.exec(`${stdout}\n${stderr}`)?.[0];
  if (found !== undefined) return found;
  throw new Error(`The output should match ${pattern}, but was:\n${stdout}${stderr}`);
}

function equal(what: string, actual: unknown, expected: unknown): void {
  if (isDeepStrictEqual(actual, expected)) return;
  throw new Error(`Expected ${what} to be ${JSON.stringify(expected)}, but got ${JSON.stringify(actual)}.`);
}

function unexpected(what: string, status: number, expected: number): Error {
  return new Error(`${what} should answer ${expected}, but answered ${status}.`);
}
