import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FakeDomo } from '../support/fake-domo';
import { calls, reports } from './faults-support';
import { client, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

/** One state file for each version that has been released, as it was written then: every later one must read it. */
const fixtures = resolve(__dirname, '../fixtures');
const states = ['states', 'sealed-states'].flatMap((folder) =>
  readdirSync(join(fixtures, folder)).map((file) => [folder, file] as const),
);

type Kept = { resources: { instances: { attributes: Record<string, unknown> }[] }[] };

/** A secret as the state has it, in clear or sealed. */
const secretIn = (values: Record<string, unknown>) => values.client_secret ?? values.encrypted_client_secret;

/** Puts the clients of a state into the fake Domo; returns their secrets. */
function revive(domo: FakeDomo, text: string): string[] {
  const { resources } = JSON.parse(text) as Kept;
  const all = resources.flatMap(({ instances }) => instances.map(({ attributes }) => attributes));
  for (const { id, name, description, scopes, client_id, owner_id } of all) {
    domo.add({
      id: Number(id),
      name: String(name),
      description: String(description),
      scopes: (scopes as string[]).map((scope) => scope.toLowerCase()),
      clientId: String(client_id),
      userId: Number(owner_id),
    });
  }
  return all.map((values) => String(secretIn(values)));
}

it.concurrent.each(states)('reads what is in %s/%s, and plans nothing', async (folder, file) => {
  const text = readFileSync(join(fixtures, folder, file), 'utf8');
  const configuration = readFileSync(join(fixtures, `${folder}.tf`), 'utf8');
  const { domo, work } = await setUp(configuration, {
    env: (domo) => ({ DOMO_ACCESS_TOKEN: domo.token, DOMO_INSTANCE: 'acme', DOMO_BASE_URL: domo.url }),
  });
  const secrets = revive(domo, text);
  expect(secrets.length).toBeGreaterThan(0);
  work.write('terraform.tfstate', text);
  expect(await work.plan()).toBe('empty');
  expect(await work.plan('-refresh=false')).toBe('empty');
  const { resources } = await work.state();
  expect(resources.map(({ values }) => secretIn(values)).sort()).toEqual([...secrets].sort());
});

/** Each is a provider block with what the resources then say, and what their state calls the instance. */
const forms: [string, (domo: FakeDomo) => { provider: string; instance?: string; label?: string }][] = [
  [
    'its address',
    ({ url, token }) => ({ provider: `instance = "https://acme.domo.com/"\n${at(url, token)}` }),
  ],
  [
    'a name that the address did not have',
    ({ url, token }) => ({
      provider: `instance = "acme"\n${at(url, token)}`,
      label: new URL(url).host,
    }),
  ],
  [
    'a default beside other instances',
    ({ url, token }) => ({
      provider: `instance = "acme"\n${at(url, token)}\ninstances = { emea = { access_token = "fake-emea" } }`,
      instance: 'acme.domo.com',
    }),
  ],
  [
    'an entry of the same name, without a default',
    ({ url, token }) => ({
      provider: `instances = {\nacme = {\n${at(url, token)}\n}\n}`,
      instance: 'acme',
    }),
  ],
  [
    'an entry of another name at the same address',
    ({ url, token }) => ({
      provider: `instances = {\ngateway = {\n${at(url, token)}\n}\n}`,
      instance: 'gateway',
      label: new URL(url).host,
    }),
  ],
];
const at = (url: string, token: string) => `base_url = "${url}"\naccess_token = "${token}"`;

it.concurrent.each(forms)(
  'reads the state of 0.1.0, and plans nothing, if the provider block has %s',
  async (_, form) => {
    const domo = await openDomo();
    const { provider, instance, label = 'acme' } = form(domo);
    const text = readFileSync(join(fixtures, 'states/0.1.0.tfstate'), 'utf8');
    const line = instance === undefined ? '' : `\n  instance = "${instance}"`;
    const configuration = readFileSync(join(fixtures, 'states.tf'), 'utf8');
    const { work } = await setUp(configuration.replace(/^resource .* \{$/gm, `$&${line}`), {
      domo,
      provider,
      env: () => ({}),
    });
    revive(domo, text);
    const state = text.replaceAll('"instance": "acme"', `"instance": "${label}"`);
    expect(state.includes(label)).toBe(true);
    work.write('terraform.tfstate', state);
    expect(await work.plan('-refresh=false')).toBe('empty');
    expect((await work.apply()).text).toContain('0 added, 0 changed, 0 destroyed');
    const { resources } = await work.state();
    expect(resources.map(({ values }) => values.instance)).toEqual([label, label, label]);
    expect(new Set(domo.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
  },
);

const each = (keys: string) => `resource "domo_api_client" "team" {
  for_each = { ${keys} }
  name     = each.value
  scopes   = ["data"]
}
`;
const moved = (from: string, to: string) => `moved {\n from = ${from}\n to = ${to}\n}\n`;

it('moves keep the secrets, and leave Domo alone', async () => {
  const { domo, work, configure, apply } = await setUp(
    reports() + each('a = "keyed"') + client('single') + client('outer'),
  );
  const addresses = {
    reports: 'domo_api_client.b',
    keyed: 'domo_api_client.team["b"]',
    single: 'domo_api_client.many["x"]',
    outer: 'module.inner.domo_api_client.outer',
  };
  expect((await apply()).code).toBe(0);
  const secrets = new Map([...domo.clients.values()].map(({ name, secret }) => [name, secret]));
  domo.reset();

  const block = 'terraform {\n required_providers {\n domo = { source = "domo-governance/domo" }\n }\n}\n';
  work.write('inner/main.tf', block + client('outer'));
  configure(
    [
      client('b', 'name = "reports"') + moved('domo_api_client.a', addresses.reports),
      each('b = "keyed"') + moved('domo_api_client.team["a"]', addresses.keyed),
      client('many', 'for_each = { x = "single" }', 'name = each.value'),
      moved('domo_api_client.single', addresses.single),
      `module "inner" {\n source = "./inner"\n}\n`,
      moved('domo_api_client.outer', addresses.outer),
    ].join(''),
  );
  // Into the data folder that this file's workspaces share: no other one has a module.
  expect((await work.run('get')).code).toBe(0);
  const { code, text } = await apply();
  expect([code, text]).toEqual([0, expect.stringContaining('0 added, 0 changed, 0 destroyed')]);
  expect(await work.plan()).toBe('empty');
  const state = await work.state();
  for (const [name, address] of Object.entries(addresses))
    expect(state.attributes(address)).toMatchObject({ name, client_secret: secrets.get(name) });
  expect(state.resources).toHaveLength(4);
  expect([domo.count(calls.create), domo.count(calls.revoke)]).toEqual([0, 0]);
});
