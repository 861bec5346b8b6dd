import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type FakeDomo, paths } from '../support/fake-domo';
import { type Engine, engines, type Workspace } from '../support/terraform';
import { at, client, openDomo, pointedAt, setUp, tearDown } from './setup';

afterAll(tearDown);

const list = `GET ${paths.clients}`;
const signIn = `POST ${paths.signIn}`;
const nowhere = 'http://127.0.0.1:9';
const clients = client('a') + client('b') + client('c');
const block = (...args: string[]) => `provider "domo" {\n  ${args.join('\n  ')}\n}\n`;

describe.each(engines())('the provider block with $name', (engine: Engine) => {
  let domo: FakeDomo;
  let state: string;

  /** A workspace whose state has the three clients, as they are in Domo. */
  async function prepared(env: Record<string, string>, ...args: string[]): Promise<Workspace> {
    const files = { 'terraform.tfstate': state };
    return (await setUp(block(...args) + clients, { engine, domo, env: () => env, files })).work;
  }

  /** A plan that has to read the clients. */
  async function plan(env: Record<string, string>, ...args: string[]) {
    const work = await prepared(env, ...args);
    return work.run('plan', '-no-color', '-input=false', '-detailed-exitcode');
  }

  async function validate(env: Record<string, string>, ...args: string[]) {
    const { work } = await setUp(block(...args) + clients, { engine, domo, env: () => env });
    return work.run('validate', '-no-color');
  }

  beforeAll(async () => {
    domo = await openDomo();
    const { work } = await setUp(clients, { engine, domo });
    await work.apply();
    state = work.read('terraform.tfstate');
  });
  beforeEach(() => domo.reset());

  const given = (name: 'user' | 'password') => {
    const { username, password } = domo.signIn;
    return name === 'user' ? username : password;
  };
  const wrongUser = { DOMO_USERNAME: 'nobody@example.com', DOMO_PASSWORD: 'fake-wrong' };

  it.each<[string, () => Record<string, string>, () => string[]]>([
    [
      'DOMO_DEVELOPER_TOKEN, where variables that are empty count for nothing',
      () => ({
        ...pointedAt(domo),
        DOMO_ACCESS_TOKEN: '',
        DOMO_DEVELOPER_TOKEN: domo.token,
        DOMO_USERNAME: '',
      }),
      () => [],
    ],
    [
      'DOMO_ACCESS_TOKEN before DOMO_DEVELOPER_TOKEN',
      () => ({ ...pointedAt(domo), DOMO_DEVELOPER_TOKEN: 'fake-wrong' }),
      () => [],
    ],
    [
      'arguments before their variables, be those wrong or malformed',
      () => ({
        DOMO_BASE_URL: nowhere,
        DOMO_API_URL: 'nonsense',
        DOMO_ACCESS_TOKEN: 'fake-wrong',
        DOMO_READ_ONLY: 'nonsense',
        DOMO_REQUEST_TIMEOUT: 'nonsense',
        DOMO_MAX_RETRIES: 'nonsense',
        ...wrongUser,
      }),
      () => [
        `base_url = "${domo.url}"`,
        `api_url = "https://api.domo.com"`,
        `access_token = "${domo.token}"`,
        'read_only = false',
        'request_timeout = "1m30s"',
        'max_retries = 0',
      ],
    ],
  ])('takes %s', async (_, env, args) => {
    const { code, text } = await plan(env(), ...args());
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('No changes.') });
    expect(domo.requests.map(({ headers }) => headers['x-domo-developer-token'])).toEqual([domo.token]);
  });

  it.each<[string, () => Record<string, string>, () => string[]]>([
    [
      'DOMO_USERNAME and DOMO_PASSWORD',
      () => ({ DOMO_USERNAME: given('user'), DOMO_PASSWORD: given('password') }),
      () => [],
    ],
    [
      'username and password before everything in the environment',
      () => ({ DOMO_ACCESS_TOKEN: 'fake-wrong', ...wrongUser }),
      () => [`username = "${given('user')}"`, `password = "${given('password')}"`],
    ],
    [
      'username with DOMO_PASSWORD',
      () => ({ DOMO_ACCESS_TOKEN: 'fake-wrong', DOMO_PASSWORD: given('password') }),
      () => [`username = "${given('user')}"`],
    ],
  ])('signs in once for all clients with %s', async (_, env, args) => {
    const { code, text } = await plan({ DOMO_BASE_URL: domo.url, ...env() }, ...args());
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('No changes.') });
    expect([domo.count(signIn), domo.count(list)]).toEqual([1, 1]);
    const listed = domo.requests.find(({ method }) => method === 'GET');
    expect(listed?.headers).toHaveProperty('x-domo-authentication');
    expect(listed?.headers).not.toHaveProperty('x-domo-developer-token');
  });

  it.each<[string, () => Record<string, string>, string, string[]]>([
    [
      'a wrong token',
      () => ({ DOMO_ACCESS_TOKEN: 'fake-wrong' }),
      list,
      ['access_token', 'DOMO_ACCESS_TOKEN'],
    ],
    ['a wrong password', () => wrongUser, signIn, ['password', 'DOMO_PASSWORD', 'INVALID_CREDENTIALS']],
  ])('tries %s once and never again', async (_, env, call, words) => {
    const { code, text } = await plan({ DOMO_BASE_URL: domo.url, ...env() });
    expect(code).toBe(1);
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toContain('fake-wrong');
    expect(domo.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([call]);
  });

  it('refuses malformed arguments at validation, all at once', async () => {
    const { code, text } = await validate(
      {},
      'instance = "acme.example.com"',
      'access_token = ""',
      'base_url = "http://domo.example"',
      'api_url = "https://someone:fake-password@example.com"',
      'additional_scopes = [""]',
      'request_timeout = "soon"',
      'max_retries = 1.5',
    );
    expect(code).toBe(1);
    const names = ['access_token', 'api_url', 'base_url', 'instance', 'max_retries', 'request_timeout'];
    const errors = ['additional_scopes', ...names].sort().map((name) => `Error: Invalid ${name}`);
    expect(text.match(/Error: \S+ \S+/g)?.sort()).toEqual(errors);
    for (const name of names) expect(text).toContain(`DOMO_${name.toUpperCase()}`);
    expect(domo.requests).toEqual([]);
  });

  it('refuses two ways of signing in: at validation in the block, at the plan in the environment', async () => {
    const inBlock = await validate({}, 'access_token = "fake-token"', 'username = "someone@example.com"');
    expect(inBlock.code).toBe(1);
    const inEnvironment = await plan({ ...pointedAt(domo), ...wrongUser });
    expect(inEnvironment.code).toBe(1);
    for (const { text } of [inBlock, inEnvironment]) {
      expect(text).toContain('Error: Two sign-in methods are set');
      for (const name of ['DOMO_ACCESS_TOKEN', 'DOMO_USERNAME', 'DOMO_PASSWORD'])
        expect(text).toContain(name);
    }
    expect(domo.requests).toEqual([]);
  });

  it('refuses malformed variables, all at once, naming the argument as well', async () => {
    const malformed = {
      DOMO_INSTANCE: 'http://acme.domo.com',
      DOMO_BASE_URL: 'ftp://acme.domo.com',
      DOMO_API_URL: 'http://192.168.1.1',
      DOMO_READ_ONLY: 'perhaps',
      DOMO_REQUEST_TIMEOUT: '30',
      DOMO_MAX_RETRIES: '-1',
    };
    const { code, text } = await plan({ ...malformed, DOMO_ACCESS_TOKEN: domo.token });
    expect(code).toBe(1);
    for (const variable of Object.keys(malformed)) {
      expect(text).toContain(`Error: Invalid ${variable}`);
      const argument = variable.replace('DOMO_', '').toLowerCase();
      expect(text).toContain(`or set ${argument} in the provider block.`);
    }
    expect(text.match(/Error:/g)).toHaveLength(6);
    expect(domo.requests).toEqual([]);
  });

  it('needs nothing for validation', async () => {
    for (const env of [{}, { DOMO_PASSWORD: 'fake' }]) expect(await validate(env)).toMatchObject({ code: 0 });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['everything', {}, ['instance', 'DOMO_INSTANCE', 'access_token', 'DOMO_ACCESS_TOKEN', 'DOMO_USERNAME']],
    [
      'the password',
      { DOMO_INSTANCE: 'acme', DOMO_USERNAME: 'a@example.com' },
      ['password', 'DOMO_PASSWORD'],
    ],
    ['the username', { DOMO_INSTANCE: 'acme', DOMO_PASSWORD: 'fake' }, ['username', 'DOMO_USERNAME']],
  ])('needs for a plan what is missing: %s', async (_, env, names) => {
    const { code, text } = await plan(env);
    expect(code).toBe(1);
    for (const name of names) expect(text).toContain(name);
    // Each of the three clients needs it, and says so.
    expect([...new Set(text.match(/Error: Missing \S+/g))].sort()).toEqual(
      names
        .filter((name) => /^[a-z]/.test(name))
        .map((name) => `Error: Missing ${name}`)
        .sort(),
    );
  });

  it('finds an instance at its own https address, through a proxy, in whatever form it is given', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = createServer().on('connect', ({ url }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const on = (alias: string, ...args: string[]) =>
      block(`alias = "${alias}"`, 'max_retries = 0', ...args) + client(alias, `provider = domo.${alias}`);
    const main =
      block('max_retries = 0') +
      client('variable') +
      on('name', 'instance = "acme"') +
      on('host', 'instance = "Emea.domo.com"') +
      on('url', 'instance = "https://japan.domo.com/"', 'additional_scopes = []');
    const { work } = await setUp(main, {
      engine,
      domo,
      env: () => ({
        HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
        DOMO_INSTANCE: '\ufeffother.domo.com\n',
        DOMO_ACCESS_TOKEN: domo.token,
      }),
    });
    expect(await work.plan()).toBe('changes');
    proxy.close();
    expect(asked.sort()).toEqual(['acme', 'emea', 'japan', 'other'].map((name) => `${name}.domo.com:443`));
  });

  it('keeps to its own instance, and revokes nothing of another', async () => {
    const other = await prepared({ ...pointedAt(domo), DOMO_INSTANCE: 'acme' });
    other.write('terraform.tfstate', state.replaceAll(new URL(domo.url).host, 'elsewhere.example'));
    // Another Domo: its clients have the same ids and names, and are not the same clients.
    const before = new Map(domo.clients);
    for (const [id, each] of before) {
      domo.clients.set(id, { ...each, clientId: `${id}0000-0000-4000-8000-000000000000` });
    }
    for (const command of [['plan'], ['destroy', '-refresh=false', '-auto-approve']]) {
      const { code, text } = await other.run(...command, '-no-color');
      expect(code).toBe(1);
      expect(text).toContain('Error: The state belongs to another instance');
      expect(text).toContain('is on "elsewhere.example" according to the state');
      expect(text).toContain('the provider is configured for "acme"');
    }
    expect(domo.count(`DELETE ${paths.client}`)).toBe(0);
    for (const [id, each] of before) domo.clients.set(id, each);
  });

  it.each<[string, Record<string, string>, string[], number]>([
    ['arguments', {}, ['request_timeout = "200ms"', 'max_retries = 0'], 1],
    ['variables', { DOMO_REQUEST_TIMEOUT: '200ms', DOMO_MAX_RETRIES: '1' }, [], 2],
  ])('waits and tries again as the %s say', async (_, env, args, requests) => {
    domo.fail({ path: paths.clients, hang: true, times: 9 });
    const { code, text } = await plan({ ...pointedAt(domo), ...env }, ...args);
    expect(code).toBe(1);
    expect(text).toContain('request_timeout');
    expect(domo.count(list)).toBe(requests);
  });

  it.each<[string, Record<string, string>, string]>([
    ['the argument', { DOMO_READ_ONLY: 'false' }, 'read_only = true'],
    ['the variable', { DOMO_READ_ONLY: 'true' }, ''],
  ])('plans and changes nothing while %s says read-only', async (_, env, argument) => {
    const work = await prepared({ ...pointedAt(domo), ...env }, argument);
    work.write('main.tf', block(argument) + client('a') + client('b') + client('d'));
    const { code, text } = await work.run('apply', '-auto-approve', '-no-color');
    expect(code).toBe(1);
    expect(text).toContain('Plan: 1 to add, 0 to change, 1 to destroy.');
    expect(text.match(/Error: The provider is read-only/g)).toHaveLength(2);
    expect(text).toContain('API client "d" was not created');
    expect(text).toContain('API client "c" (id');
    expect(text).toContain('was not revoked');
    expect(text).toContain('read_only (DOMO_READ_ONLY)');
    expect(new Set(domo.requests.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect((await work.state()).resources).toHaveLength(3);
  });

  it('works with settings that only an apply can tell', async () => {
    const dependent = (address: string) => `resource "terraform_data" "address" {
      input = "${address}"
    }
    ${block('base_url = terraform_data.address.output')}`;
    const { work } = await setUp(dependent(domo.url) + client('late', 'scopes = ["dat"]'), {
      engine,
      domo,
      env: ({ token }) => ({ DOMO_ACCESS_TOKEN: token }),
    });
    expect((await work.run('plan', '-no-color')).text).toContain('Did you mean "data"?');
    expect(domo.requests).toEqual([]);
    work.write('main.tf', dependent(domo.url) + client('late'));
    await work.apply();
    expect((await work.state()).attributes(at('late'))).toMatchObject({
      instance: new URL(domo.url).host,
      client_secret: expect.any(String),
    });

    const { code, text } = await work.run('plan', '-no-color', '-replace=terraform_data.address');
    expect(code).toBe(1);
    expect(text).toContain('Error: The provider is not fully configured yet');
    expect(text).toContain("The provider's base_url depends on something that Terraform only knows after");
  });
});
