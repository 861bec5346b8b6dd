import type { FakeDomo } from '../support/fake-domo';
import { domoMirror, mirror, providerExecutable } from '../support/provider-build';
import { readyWorkspace } from '../support/ready-workspace';
import { type Engine, engines, type Workspace } from '../support/terraform';
import { at, client, openDomo, pointedAt, providerFile, tearDown } from './setup';

afterAll(tearDown);

const moved = (from: string, to: string) => `moved {\n from = ${from}\n to = ${to}\n}\n`;
const secret = `fake-secret-${'7'.repeat(24)}`;

/** A stand-in for the other provider: of one that the state mentions, the engine only asks for the schema. */
const restapi = () => mirror(providerExecutable('compiled'), '3.0.0', { address: 'mastercard/restapi' });

const fork = () =>
  mirror(providerExecutable('compiled'), '9.0.0', { address: 'registry.example.com/acme/domo' });

/** What engines keep in a state file, as far as this test writes it. */
interface StateFile {
  resources: { provider: string; name: string; instances: { private?: string }[] }[];
}

const registryOf = ({ product }: Engine) =>
  product === 'tofu' ? 'registry.opentofu.org' : 'registry.terraform.io';

function restapiState(engine: Engine, objects: Record<string, Record<string, unknown>>): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'e9c5f0f0-0000-4000-8000-000000000000',
    outputs: {},
    resources: Object.entries(objects).map(([name, attributes]) => ({
      mode: 'managed',
      type: 'restapi_object',
      name,
      provider: `provider["${registryOf(engine)}/mastercard/restapi"]`,
      instances: [{ schema_version: 0, attributes, private: 'bm90IG91cnM=' }],
    })),
  });
}

/** This provider, and those that states come from. */
const requirements = `terraform {
  required_providers {
    domo    = { source = "domo-governance/domo" }
    restapi = { source = "mastercard/restapi" }
    fork    = { source = "registry.example.com/acme/domo" }
  }
}
`;

async function open(engine: Engine, domo: FakeDomo, files: Record<string, string>): Promise<Workspace> {
  const work = await readyWorkspace(requirements, {
    engine,
    mirrors: [domoMirror(), restapi(), fork()],
    env: pointedAt(domo),
  });
  for (const [name, text] of Object.entries({ 'provider.tf': providerFile(), ...files }))
    work.write(name, text);
  return work;
}

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('the objects of three majors of restapi move over, and nothing else happens', async () => {
    const domo = await openDomo({ clientIds: 'stars' });
    const names = ['v1', 'v2', 'v3'];
    const objects = Object.fromEntries(
      names.map((name) => {
        const { id, clientId, description, scopes } = domo.add({
          name,
          description: 'Made.',
          scopes: ['data', 'user'],
        });
        const listed = { id, name, description, scopes, clientId: `${clientId.slice(0, 8)}****` };
        // Of which Domo has granted and kept less.
        const body = { name, description: 'Made.\n\nFor all.', scopes: [...scopes, 'audit'] };
        const creation = JSON.stringify({ ...listed, clientId, clientSecret: secret });
        const state = {
          id: String(id),
          path: '/api/identity/v1/developer-tokens',
          api_data: { id: '1.001e+03', scopes: '[data user]' },
          api_response: JSON.stringify(listed),
          data: JSON.stringify({ v1: body, v2: { id: String(id) } }[name] ?? listed),
          create_response: name === 'v2' ? null : creation,
          read_search: name === 'v3' ? { search_key: 'id', search_patch: null } : { search_key: 'id' },
        };
        return [name, state];
      }),
    );
    const main = names
      .map(
        (name) =>
          client(
            name,
            `description = "Made.${name === 'v1' ? '\\n\\nFor all.' : ''}"`,
            `scopes = ["user", "data"${name === 'v1' ? ', "audit"' : ''}]`,
          ) + moved(`restapi_object.${name}`, at(name)),
      )
      .join('');
    const work = await open(engine, domo, {
      'main.tf': main,
      'terraform.tfstate': restapiState(engine, objects),
    });

    const { code, text } = await work.run('plan', '-no-color', '-input=false', '-detailed-exitcode');
    expect(text).toContain('restapi_object.v1 has moved to domo_api_client.v1');
    expect(text).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
    expect(code).toBe(2);
    await work.apply('-refresh=false');
    const label = new URL(domo.url).host;
    for (const name of names) {
      const secretOf = name === 'v2' ? null : secret;
      expect((await work.state()).attributes(at(name))).toMatchObject({
        client_secret: secretOf,
        instance: null,
      });
    }
    // Of a replacement that Terraform alone asks for, the provider first hears when it is applied.
    for (const command of [['destroy'], ['apply', `-replace=${at('v1')}`]]) {
      const refused = await work.run(...command, '-auto-approve', '-no-color', '-refresh=false');
      expect(refused).toMatchObject({
        code: 1,
        text: expect.stringContaining('The instance of the API client is not known yet'),
      });
    }
    expect(domo.requests.map(({ method }) => method)).toEqual(domo.requests.map(() => 'GET'));

    expect((await work.apply()).text).toContain('0 added, 0 changed, 0 destroyed');
    for (const name of names)
      expect((await work.state()).attributes(at(name))).toMatchObject({ name, instance: label });
    expect(await work.plan()).toBe('empty');
    await work.destroy();
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent('a client of a fork moves over with its secret and its private state', async () => {
    const domo = await openDomo({ clientIds: 'stars' });
    const work = await open(engine, domo, { 'main.tf': client('a', 'name = "nightly"') });
    await work.apply();
    const before = (await work.state()).attributes(at('a'));
    const own = `provider["${registryOf(engine)}/domo-governance/domo"]`;
    const state = work.read('terraform.tfstate');
    work.write(
      'terraform.tfstate',
      state.replaceAll(JSON.stringify(own), JSON.stringify('provider["registry.example.com/acme/domo"]')),
    );
    work.write('main.tf', client('b', 'name = "nightly"') + moved(at('a'), at('b')));
    const { text } = await work.apply();
    expect(text).toContain('domo_api_client.a has moved to domo_api_client.b');
    expect(text).toContain('Plan: 0 to add, 0 to change, 0 to destroy.');
    expect((await work.state()).attributes(at('b'))).toEqual(before);
    const [was, is] = [state, work.read('terraform.tfstate')].map((each) => JSON.parse(each) as StateFile);
    expect(is?.resources.map(({ provider }) => provider)).toEqual([own]);
    const privateOf = (file: StateFile | undefined) =>
      JSON.parse(Buffer.from(file?.resources[0]?.instances[0]?.private ?? '', 'base64').toString());
    expect(privateOf(is)).toMatchObject({ imported: false, created_at: privateOf(was).created_at });
    expect(await work.plan()).toBe('empty');
    expect(domo.count('POST /api/identity/v1/developer-tokens')).toBe(1);
  });
});
