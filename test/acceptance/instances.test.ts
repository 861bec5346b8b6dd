import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type FakeDomo, paths } from '../support/fake-domo';
import { type Engine, engines } from '../support/terraform';
import { at, client, entries, openDomo, pointed, setUp, tearDown } from './setup';

afterAll(tearDown);

const guide = readFileSync(resolve(__dirname, '../../docs/guides/several-instances.md'), 'utf8');

const hostOf = ({ url }: FakeDomo) => new URL(url).host;

const one = (...args: string[]) => client('export', 'name = "nightly-export"', ...args);
const each = (keys: readonly string[]) =>
  one(`for_each = toset(${JSON.stringify(keys)})`, 'instance = each.key');

/** The credentials that were sent to a fake Domo, beside its own. */
const foreignCredentials = ({ requests, token, signIn }: FakeDomo) =>
  requests.flatMap(({ path, headers, body }) => {
    if (path === paths.token) return [];
    const sent = headers['x-domo-developer-token'];
    const session = String(headers['x-domo-authentication'] ?? '');
    const password = (body as { password?: string } | undefined)?.password;
    const isOwn =
      sent === undefined
        ? session.startsWith('fake-session-') || password === signIn.password
        : sent === token && session === '';
    return isOwn ? [] : [JSON.stringify([path, sent, session, password])];
  });

describe.each(engines())('several instances with $name', (engine: Engine) => {
  /** Three of them, `acme` being the default. */
  async function three(provider?: (all: { acme: FakeDomo; emea: FakeDomo; jp: FakeDomo }) => string) {
    const [acme, emea, jp] = [await openDomo(), await openDomo(), await openDomo()];
    const block = `instance = "acme"\nmax_retries = 0\n${pointed(acme)}\n${entries({ emea, jp })}`;
    const { work, ...made } = await setUp(each(['acme', 'emea', 'jp']), {
      engine,
      domo: acme,
      provider: provider?.({ acme, emea, jp }) ?? block,
      env: () => ({}),
    });
    return { ...made, work, acme, emea, jp, all: [acme, emea, jp] };
  }

  it.concurrent('have the same clients in one resource, and nobody gets the token of another', async () => {
    const { work, acme, emea, jp, all, configure } = await three(
      ({ acme, emea, jp }) => `
        instance = "acme"
        ${pointed(acme)}
        instances = {
          emea = { base_url = "${emea.url}" }
          jp   = { base_url = "${jp.url}", username = "${jp.signIn.username}" }
          us   = { base_url = "http://127.0.0.1:9", access_token = "fake-token-of-us" }
        }`,
    );
    const data = (name: string) => `data "domo_api_clients" "${name}" {
      instance = "${name}"
      depends_on = [domo_api_client.export]
    }\n`;
    const env = { DOMO_ACCESS_TOKEN_EMEA: emea.token, DOMO_PASSWORD_JP: jp.signIn.password };
    configure(each(['acme', 'emea', 'jp']) + data('emea') + data('jp'));
    const run = async (...args: string[]) => {
      const { code, text } = await work.program(work.engine.path, args, env).done;
      if (code === 1) throw new Error(text);
      return code;
    };
    expect(await run('apply', '-auto-approve', '-no-color')).toBe(0);
    const state = await work.state();
    for (const [name, domo] of Object.entries({ acme, emea, jp })) {
      const [made] = domo.clients.values();
      expect([name, domo.clients.size]).toEqual([name, 1]);
      expect(state.attributes(`${at('export')}["${name}"]`)).toMatchObject({
        instance: name,
        client_secret: made?.secret,
      });
    }
    for (const instance of ['emea', 'jp'])
      expect(state.attributes(`data.domo_api_clients.${instance}`)).toMatchObject({
        instance,
        names: ['nightly-export'],
      });
    expect(await run('plan', '-detailed-exitcode', '-no-color')).toBe(0);
    expect(all.map(foreignCredentials)).toEqual([[], [], []]);
    // Once in each process: two plans and an apply.
    expect(jp.count(`POST ${paths.signIn}`)).toBe(3);

    // What is not in the configuration any more is revoked where it is; the rest is as the state says.
    configure(each(['acme']));
    expect(await run('apply', '-auto-approve', '-no-color')).toBe(0);
    expect(all.map(({ clients }) => clients.size)).toEqual([1, 0, 0]);
    expect(all.map(foreignCredentials)).toEqual([[], [], []]);
  });

  it.concurrent('are each asked if one is down, one refuses, and one lags', async () => {
    const { work, plan, apply, configure, acme, emea, jp } = await three();
    await work.apply();
    for (const domo of [acme, emea, jp]) domo.reset();
    acme.fail({ path: paths.clients, delay: 300, times: 9 });
    const { token } = emea;
    emea.token = 'fake-token-of-somebody';
    await jp.close();
    const { code, text } = await plan();
    expect(code).toBe(1);
    expect(text).toContain('Error: Domo rejected the credentials');
    expect(text).toContain('(id 1001) on "emea":');
    expect(text).toContain('Check instances["emea"].access_token (DOMO_ACCESS_TOKEN_EMEA)');
    expect(text).toContain('Error: Could not connect to Domo');
    expect(text).toContain('(id 1001) on "jp":');
    expect(acme.count(`GET ${paths.clients}`)).toBe(1);
    expect(emea.requests.map(({ headers }) => headers['x-domo-developer-token'])).toEqual([token]);

    // The day must go on without those that are down.
    emea.token = token;
    configure(
      each(['acme', 'emea', 'jp']) +
        one('instance = "emea"').replace('"export"', '"more"').replace('nightly', 'daily'),
    );
    expect((await apply('-target=domo_api_client.more')).code).toBe(0);
    expect(emea.clients.size).toBe(2);
  });

  it.concurrent('fail each by itself in an apply', async () => {
    const { work, apply, acme, emea, jp } = await three();
    await jp.close();
    emea.fail({ method: 'POST', path: paths.clients, status: 403, body: 'Forbidden', times: 9 });
    const { code, text } = await apply();
    expect(code).toBe(1);
    expect(text).toContain('Creating API client "nightly-export" on "emea":');
    expect(text).toContain('Creating API client "nightly-export" on "jp":');
    expect((await work.state()).resources.map(({ address }) => address)).toEqual([`${at('export')}["acme"]`]);
    expect([acme.clients.size, emea.clients.size]).toEqual([1, 0]);
  });

  it.concurrent('take over what provider aliases have made, and change nothing', async () => {
    const alias = (name: string, domo: FakeDomo) =>
      `provider "domo" {\nalias = "${name}"\n${pointed(domo)}\n}\n`;
    const [acme, emea] = [await openDomo(), await openDomo()];
    const kept = (name: string, ...more: string[]) =>
      client(name, `name = "${name === 'same' ? name : 'nightly-export'}"`, ...more);
    const aliases =
      alias('emea', emea) +
      kept('acme') +
      kept('emea', 'provider = domo.emea') +
      kept('same', 'provider = domo.emea');
    const { work, configure, apply } = await setUp(aliases, {
      engine,
      domo: acme,
      provider: pointed(acme),
      env: () => ({}),
    });
    await work.apply();
    const secretsOf = (domo: FakeDomo) => [...domo.clients.values()].map(({ secret }) => secret);
    const before = [acme, emea].map(secretsOf);
    for (const domo of [acme, emea]) domo.reset();

    work.write(
      'provider.tf',
      work.read('provider.tf').replace(/provider "domo" \{\n/, `$&${entries({ emea })}\n`),
    );
    const moved = (from: string, to: string) =>
      `moved {\nfrom = domo_api_client.${from}\nto = domo_api_client.${to}\n}\n`;
    configure(
      each(['127.0.0.1', 'emea']).replace('"127.0.0.1"', JSON.stringify(hostOf(acme))) +
        kept('same', 'instance = "emea"') +
        moved('acme', `export["${hostOf(acme)}"]`) +
        moved('emea', 'export["emea"]'),
    );
    const { code, text } = await apply();
    expect([code, text]).toEqual([0, expect.stringContaining('0 to add, 0 to change, 0 to destroy')]);
    expect([acme, emea].map(secretsOf)).toEqual(before);
    const state = await work.state();
    expect(state.attributes(`${at('export')}["emea"]`).instance).toBe(hostOf(emea));
    expect(new Set([...acme.requests, ...emea.requests].map(({ method }) => method))).toEqual(
      new Set(['GET']),
    );
  });

  it.concurrent('block nothing but their own clients while a token is unknown', async () => {
    const [acme, emea] = [await openDomo(), await openDomo()];
    // Not the value of that resource, which Terraform would log.
    const token = `terraform_data.turn.id == "" ? "" : "${emea.token}"`;
    const entry = `instances = {\nemea = {\nbase_url = "${emea.url}"\naccess_token = ${token}\n}\n}`;
    const { work, plan } = await setUp(`resource "terraform_data" "turn" {}\n${each(['acme', 'emea'])}`, {
      engine,
      domo: acme,
      provider: `instance = "acme"\n${pointed(acme)}\n${entry}`,
      env: () => ({}),
    });
    await work.apply();
    expect([acme, emea].map(({ clients }) => clients.size)).toEqual([1, 1]);
    for (const domo of [acme, emea]) domo.reset();
    const { code, text } = await plan('-replace=terraform_data.turn');
    expect(code).toBe(1);
    expect(text).toContain(
      `instances["emea"].access_token depends on something that Terraform only knows after`,
    );
    expect(text.match(/Error: /g)).toHaveLength(1);
    expect([acme, emea].map(({ requests }) => requests.length)).toEqual([1, 0]);
  });

  it.concurrent('can come from a sensitive variable, and one that is down can be left out, as the guide shows', async () => {
    const [emea, jp] = [await openDomo(), await openDomo()];
    const [, block = ''] = /^```terraform\n(variable "instances" .*?)^```$/ms.exec(guide) ?? [];
    const values = Object.entries({ emea, jp }).map(([name, { url, token }]) => [
      name,
      { base_url: url, access_token: token },
    ]);
    const { work, plan } = await setUp(block, {
      engine,
      domo: emea,
      env: () => ({ TF_VAR_instances: JSON.stringify(Object.fromEntries(values)) }),
    });
    await work.apply();
    expect([emea, jp].map(({ clients }) => clients.size)).toEqual([1, 1]);
    await jp.close();
    const one = (name: string) => `domo_api_client.nightly_export["${name}"]`;
    expect((await plan()).code).toBe(1);
    const without = engine.product === 'tofu' ? `-exclude=${one('jp')}` : `-target=${one('emea')}`;
    expect((await plan(without)).code).toBe(0);
  });

  it.concurrent('can be fifty in one plan', async () => {
    const all: Record<string, FakeDomo> = {};
    for (let index = 0; index < 50; index++) all[`sandbox-${index}`] = await openDomo();
    const { work, plan } = await setUp(each(Object.keys(all)), {
      engine,
      domo: Object.values(all)[0] as FakeDomo,
      provider: entries(all),
      env: () => ({}),
    });
    await work.apply();
    expect(Object.values(all).map(({ clients }) => clients.size)).toEqual(Object.keys(all).map(() => 1));
    const { text } = await plan('-replace=domo_api_client.export["sandbox-7"]');
    expect(text).toContain('Plan: 1 to add, 0 to change, 1 to destroy.');
    expect(Object.values(all).flatMap(foreignCredentials)).toEqual([]);
  });
});
