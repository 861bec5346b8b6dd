import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { basic, developerTokens, field, names, send, untilAnswer } from './test-sandbox';

const main = 'examples/sandbox/main.ts';

describe('the sandbox as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-test-'));
  const dataFile = join(folder, 'data.json');
  const bundle = join(folder, 'sandbox.cjs');
  const children = new Set<ChildProcess>();

  // As it is delivered: to compile the sources takes each start several times as long.
  beforeAll(() => {
    buildSync({ entryPoints: [main], bundle: true, platform: 'node', outfile: bundle, logLevel: 'silent' });
  });

  afterEach(async () => {
    for (const child of children) await end(child, 'SIGKILL');
    rmSync(dataFile, { force: true });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function end(child: ChildProcess, signal: NodeJS.Signals) {
    children.delete(child);
    if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
    child.kill(signal);
    const [code] = await once(child, 'exit');
    return code;
  }

  /** Starts it and waits for the text on stdout, or for its end. */
  async function start(env: Record<string, string>, isReady = /\n/, args: string[] = [], script = [bundle]) {
    const child = spawn(process.execPath, [...script, ...args], {
      env: { PATH: process.env.PATH, PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    let out = '';
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (chunk) => {
        out += chunk;
        if (isReady.test(out)) resolve();
      });
      child.once('close', () => resolve());
    });
    return { child, out, errors };
  }

  async function startJson(env: Record<string, string> = {}, script?: string[]) {
    const { child, out, errors } = await start({ SANDBOX_JSON: '1', ...env }, /\n/, [], script);
    if (out === '') throw new Error(`it did not start: ${errors}`);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const { url, users } = JSON.parse(out) as { url: string; users: { name: string; token: string }[] };
    const token = (name: string) => users.find((user) => user.name === name)?.token ?? '';
    const as = (name: string) => ({ headers: { 'X-DOMO-Developer-Token': token(name) } });
    return { child, url, users, token, as };
  }

  it('greets a person with the four users, their grants, tokens and passwords', async () => {
    const { out } = await start({}, /DOMO_ACCESS_TOKEN=\S+\n/);
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(out)?.[0] ?? '';
    expect(out).toContain(`DOMO_BASE_URL=${url}\n`);
    expect(out).toContain(`DOMO_API_URL=${url}\n`);
    const both = '"Create API OAuth Clients" and "Manage All Access Tokens and API Clients"';
    expect(out).toContain(`admin: ${both}\n`);
    expect(out).toContain('creator: "Create API OAuth Clients"\n');
    expect(out).toContain('manager: "Manage All Access Tokens and API Clients"\n');
    expect(out).toContain('guest: no grant\n');
    const token = /access token {2}(fake-token-creator-\S+)/.exec(out)?.[1] ?? '';
    const headers = { 'X-DOMO-Developer-Token': token };
    expect((await send(url, 'GET', developerTokens, { headers })).status).toBe(200);
    const [, emailAddress, password] = /signs in as {3}(guest@\S+) {2}(\S+)/.exec(out) ?? [];
    const body = { method: 'password', emailAddress, password };
    const origin = { Origin: 'https://acme.domo.com' };
    const signedIn = await send(url, 'POST', '/api/content/v2/authentication', { headers: origin, body });
    expect(field(signedIn, 'success')).toBe('true');
  });

  it('prints one JSON line when asked, and takes tokens from the environment', async () => {
    const { url, users } = await startJson({ SANDBOX_TOKEN_ADMIN: 'fake-token-set' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const entry = (
      name: string,
      grants: string[],
      token: unknown = expect.stringMatching(/^fake-token-/),
    ) => ({
      id: expect.any(Number),
      name,
      email: `${name}@sandbox.example`,
      password: expect.stringMatching(/^fake-password-/),
      token,
      grants,
    });
    expect(users).toEqual([
      entry('admin', ['create', 'manage'], 'fake-token-set'),
      entry('creator', ['create']),
      entry('manager', ['manage']),
      entry('guest', []),
    ]);
  });

  it('keeps clients, issued tokens and users in DATA, readable by the owner only, without any secret', async () => {
    const first = await startJson({ DATA: dataFile });
    const creations = Array.from({ length: 30 }, (_, i) =>
      send(first.url, 'POST', developerTokens, {
        ...first.as('creator'),
        body: { name: `client ${i}`, scopes: ['data'] },
      }),
    );
    const made = await Promise.all(creations);
    const [one] = made;
    if (!one) throw new Error('nothing was made');
    const Authorization = basic(field(one, 'clientId'), field(one, 'clientSecret'));
    const oauthPath = '/oauth/token?grant_type=client_credentials';
    const issued = await send(first.url, 'GET', oauthPath, { headers: { Authorization } });
    const bearer = { Authorization: `Bearer ${field(issued, 'access_token')}` };
    expect(await end(first.child, 'SIGKILL')).toBeNull();

    expect(statSync(dataFile).mode & 0o777).toBe(0o600);
    expect(existsSync(`${dataFile}.tmp`)).toBe(false);
    const kept = readFileSync(dataFile, 'utf8');
    for (const answer of made) expect(kept).not.toContain(field(answer, 'clientSecret'));
    expect(kept).not.toContain(field(issued, 'access_token'));

    const second = await startJson({ DATA: dataFile });
    expect(second.users).toEqual(first.users);
    const list = await send(second.url, 'GET', developerTokens, second.as('creator'));
    expect(names(list).sort()).toEqual(made.map((answer) => field(answer, 'name')).sort());
    expect((await send(second.url, 'GET', oauthPath, { headers: { Authorization } })).status).toBe(200);
    expect((await send(second.url, 'GET', '/v1/datasets', { headers: bearer })).status).toBe(200);
    const next = await send(second.url, 'POST', developerTokens, {
      ...second.as('creator'),
      body: { name: 'next', scopes: ['data'] },
    });
    expect(made.map((answer) => field(answer, 'id'))).not.toContain(field(next, 'id'));
  });

  it('has in DATA what an answer told', async () => {
    const { url, as } = await startJson({ DATA: dataFile });
    const body = { name: 'kept at once', scopes: ['data'] };
    const made = await send(url, 'POST', developerTokens, { ...as('admin'), body });
    const stored = () =>
      JSON.parse(readFileSync(dataFile, 'utf8')).clients.map(({ name }: { name: string }) => name);
    expect(stored()).toEqual(['kept at once']);
    await send(url, 'DELETE', `${developerTokens}/${field(made, 'id')}`, as('admin'));
    expect(stored()).toEqual([]);
  });

  it('forgets everything without DATA', async () => {
    const first = await startJson();
    const second = await startJson();
    expect(second.token('admin')).not.toBe(first.token('admin'));
    expect((await send(second.url, 'GET', developerTokens, first.as('admin'))).status).toBe(401);
  });

  it.each(['{"a": fake-token-kept', '{"version": 2}', '[]'])(
    'does not start with a DATA file of %p, nor touches it',
    async (content) => {
      writeFileSync(dataFile, content);
      const { child, out, errors } = await start({ DATA: dataFile });
      expect([child.exitCode, out]).toEqual([1, '']);
      expect(errors).toMatch(
        /^The sandbox cannot use the data file .*Choose another with --data \(make: DATA=\)\.\n$/,
      );
      expect(errors).not.toContain('fake-token');
      expect(readFileSync(dataFile, 'utf8')).toBe(content);
    },
  );

  it('says in one sentence that the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { child, out, errors } = await start({ PORT: String(port) });
    other.close();
    expect([child.exitCode, out]).toEqual([1, '']);
    expect(errors).toBe(
      `Port ${port} is in use. Choose another with --port (make: PORT=); 0 picks a free one.\n`,
    );
  });

  it.each([
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['TOKEN_LIFETIME', '0'],
  ])('refuses %s=%s', async (name, value) => {
    const { child, errors } = await start({ [name]: value });
    expect([child.exitCode, errors]).toEqual([1, `${name} cannot be "${value}".\n`]);
  });

  it('takes the lifetime of OAuth tokens from TOKEN_LIFETIME', async () => {
    const { url, as } = await startJson({ TOKEN_LIFETIME: '90' });
    const body = { name: 'one', scopes: ['data'] };
    const made = await send(url, 'POST', developerTokens, { ...as('admin'), body });
    const Authorization = basic(field(made, 'clientId'), field(made, 'clientSecret'));
    const path = '/oauth/token?grant_type=client_credentials';
    expect(field(await send(url, 'GET', path, { headers: { Authorization } }), 'expires_in')).toBe('90');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'ends at once at %s, even in the middle of a request',
    async (signal) => {
      const { child, url, as } = await startJson();
      await send(url, 'POST', '/_sandbox/faults', { body: { delay: 600_000 } });
      const pending = send(url, 'GET', developerTokens, as('admin')).catch(() => 'cut');
      await untilAnswer(
        () => send(url, 'GET', '/_sandbox/faults'),
        ({ text }) => text === '[]',
      );
      expect(await end(child, signal)).toBe(0);
      expect(await pending).toBe('cut');
    },
  );

  it('has the same tokens and passwords at every start if it is asked to', async () => {
    const args = ['--fixed-tokens', '--json', '--port=0'];
    const { out } = await start({ PORT: 'nonsense', DATA: dataFile }, /\n/, args);
    expect(JSON.parse(out)).toEqual({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tokens: {
        admin: 'fake-token-admin',
        creator: 'fake-token-creator',
        manager: 'fake-token-manager',
        guest: 'fake-token-guest',
      },
      users: expect.arrayContaining([
        expect.objectContaining({
          name: 'guest',
          token: 'fake-token-guest',
          password: 'fake-password-guest',
        }),
      ]),
    });
    const { token } = await startJson({ FIXED_TOKENS: '1', SANDBOX_TOKEN_GUEST: 'fake-token-mine' });
    expect([token('admin'), token('guest')]).toEqual(['fake-token-admin', 'fake-token-mine']);
  });

  it('begins with the seed, and with the data file as soon as there is one', async () => {
    const env = { SEED: 'examples/sandbox/seed.example.json', DATA: dataFile };
    const first = await startJson(env);
    const list = async ({ url, as }: typeof first) =>
      names(await send(url, 'GET', developerTokens, as('admin'))).sort();
    const seeded = await list(first);
    expect(seeded).toContain('nightly-export');
    await send(first.url, 'DELETE', `${developerTokens}/101`, first.as('admin'));
    await end(first.child, 'SIGTERM');
    const second = await startJson(env);
    expect(await list(second)).toEqual(seeded.filter((name) => name !== 'nightly-export'));
    await send(second.url, 'POST', '/_sandbox/reset');
    expect(await list(second)).toEqual(seeded);
  });

  it.each([
    ['nowhere.json', undefined, /ENOENT/],
    ['bad.json', '{"clients": fake-secret-x', /: it is not JSON\.$/],
    ['other.json', '{"clients": 1}', /: clients must be an array\.$/],
  ])('does not start with the seed %s', async (name, content, reason) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    const { child, out, errors } = await start({ SEED: path });
    expect([child.exitCode, out]).toEqual([1, '']);
    expect(errors.trim()).toMatch(/^The sandbox cannot use the seed /);
    expect(errors.trim()).toMatch(reason);
    expect(errors).not.toContain('fake-secret');
  });

  it('helps, and refuses options that it does not know', async () => {
    const helped = await start({}, /\0/, ['--help']);
    expect([helped.child.exitCode, helped.errors]).toEqual([0, '']);
    for (const option of ['--port', '--json', '--fixed-tokens', '--seed', '--data', '--token-lifetime']) {
      expect(helped.out).toContain(option);
    }
    const refused = await start({}, /\n/, ['--ports', '1']);
    expect([refused.child.exitCode, refused.out]).toEqual([1, '']);
    expect(refused.errors).toContain("Unknown option '--ports'");
    const wrong = await start({}, /\n/, ['--port', 'x']);
    expect(wrong.errors).toBe('--port cannot be "x".\n');
  });

  it.each([
    ['as one bundled file', [bundle]],
    ['from its sources', ['--import', 'tsx', main]],
  ])('runs %s', async (_, script) => {
    const { url, as } = await startJson({}, script);
    expect((await send(url, 'GET', developerTokens, as('admin'))).json).toEqual([]);
  });
});
