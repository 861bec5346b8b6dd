import { execFileSync } from 'node:child_process';
import { providerExecutable } from '../support/provider-build';
import { type Running, startProcess } from '../support/running';
import type { RunningSandbox } from '../support/running-sandbox';
import { sandboxProcess } from '../support/sandbox-process';
import { until } from '../support/until';
import type { Report } from './run';

const clients = '/api/identity/v1/developer-tokens';

let sandbox: RunningSandbox;
beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.close());
afterEach(() => sandbox.control('POST', 'reset'));

function start(args: string[], env: Record<string, string> = {}): Running {
  return startProcess(providerExecutable(), ['doctor', ...args], {
    cwd: process.cwd(),
    env: { PATH: process.env.PATH, ...sandbox.settings, ...env },
  });
}

async function report(args: string[], env?: Record<string, string>) {
  const { code, stdout, stderr } = await start(['--json', ...args], env).done;
  const { healthy, checks, trial } = JSON.parse(stdout) as Report;
  const of = (check: string) => [...checks, ...(trial ?? [])].find((finding) => finding.check === check);
  return { code, stderr, healthy, checks, trial, of };
}

const confirmed = () => ['--write', '--confirm', new URL(sandbox.url).host];

it('helps, and is mentioned where somebody looks', async () => {
  const { code, stdout, stderr } = await start(['--help']).done;
  expect([code, stderr]).toEqual([0, '']);
  for (const option of ['--write', '--confirm', '--json']) expect(stdout).toContain(option);
  const usage = execFileSync(providerExecutable(), ['--help'], { encoding: 'utf8' });
  expect(usage).toContain('terraform-provider-domo doctor');
});

it('examines the sandbox, makes a client and revokes it', async () => {
  const { code, stdout, stderr } = await start(confirmed()).done;
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/^ok +creation +A client with blanks, "&" and a line break was created: 201/m);
  expect(stdout).toMatch(/^ok +spelling +Domo shows name and description exactly as they were sent\.$/m);
  expect(stdout).toMatch(/^ok +clean-up +Everything is revoked: id 101\.$/m);
  expect(stdout).not.toMatch(/fake-/);
  expect(await sandbox.ids()).toEqual([]);
});

it.each([
  ['guest', 1, 'failed'],
  ['creator', 0, 'note'],
  ['manager', 0, 'note'],
])('tells what grants the answers to %s show', async (user, exitCode, status) => {
  const { code, healthy, of } = await report([], sandbox.settingsOf(user));
  expect([code, healthy, of('grants')?.status]).toEqual([exitCode, exitCode === 0, status]);
});

it('does not let a manager without the other grant make anything', async () => {
  const { code, of } = await report(confirmed(), sandbox.settingsOf('manager'));
  expect([code, of('creation')?.status, of('clean-up')?.status]).toEqual([1, 'failed', 'ok']);
  expect(of('creation')?.says).toContain('returned 403');
});

it('reads an envelope and masked client ids', async () => {
  await sandbox.control('PUT', 'quirks', { wrapped: true });
  const [admin] = sandbox.users;
  await sandbox.control('POST', 'clients', { userId: admin?.id, name: 'one', scopes: ['data'] });
  const { code, of } = await report([]);
  expect(code).toBe(0);
  expect(of('list')?.facts).toMatchObject({ clients: 1, form: 'envelope' });
  expect(of('client-ids')?.facts).toMatchObject({ shapes: ['########-####-XXXX-XXXX-XXXXXXXXXXXX'] });
});

it.each(['page', 'redirect'])('says that the address is not on the allowlist: %s', async (blocked) => {
  await sandbox.control('POST', 'faults', { blocked, count: 9, path: '/api' });
  const { code, of } = await report([]);
  expect(code).toBe(1);
  expect(of('sign-in')?.status).toBe('failed');
  expect(of('sign-in')?.says).toMatch(blocked === 'page' ? /IP allowlist/ : /Domo returned 303/);
});

it('finds by its name what a lost answer has made', async () => {
  await sandbox.control('POST', 'faults', { method: 'POST', path: clients, drop: 'after' });
  const { code, of } = await report(confirmed());
  expect([code, of('creation')?.facts]).toEqual([0, expect.objectContaining({ foundByName: true })]);
  expect(of('clean-up')?.facts).toMatchObject({ revoked: ['101'] });
  expect(await sandbox.ids()).toEqual([]);
});

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('revokes at %s what it has made', async (signal) => {
  await sandbox.control('PUT', 'quirks', { listLag: 600_000 });
  const running = start(confirmed());
  await until('the client', async () => (await sandbox.ids()).length === 1);
  process.kill(running.pid, signal);
  process.kill(running.pid, signal);
  const { code, stdout, stderr } = await running.done;
  expect(code).toBe(1);
  expect(stderr.trim()).toBe(`${signal}: ending, and revoking what was created …`);
  expect(stdout).toMatch(/^FAILED +trial +The trial was interrupted\.$/m);
  expect(stdout).toMatch(/^ok +clean-up +Everything is revoked: id \d+\.$/m);
  expect(await sandbox.ids()).toEqual([]);
});

it('revokes what it has made if whoever reads its report has left', async () => {
  const line = `${JSON.stringify(providerExecutable())} doctor ${confirmed().join(' ')} | head -1`;
  const env = { PATH: process.env.PATH, ...sandbox.settings };
  const { stdout } = await startProcess('/bin/sh', ['-c', line], { cwd: process.cwd(), env }).done;
  expect(stdout).toMatch(/^terraform-provider-domo doctor /);
  expect(await sandbox.ids()).toEqual([]);
  const requests = (await sandbox.control('GET', 'requests')) as Record<string, number>;
  expect(requests[`POST ${clients}`]).toBe(2);
});

it('refuses to write without a terminal or a name, and under read_only', async () => {
  expect((await start(['--write']).done).text).toContain('needs a terminal to ask on');
  const refused = await report(confirmed(), { DOMO_READ_ONLY: '1' });
  expect([refused.code, refused.of('trial')?.status]).toEqual([1, 'failed']);
  expect(await sandbox.control('GET', 'requests')).not.toHaveProperty([`POST ${clients}`]);
});

it('leaves the word to Terraform if that starts it', async () => {
  const env = { TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2' };
  const running = start([], env);
  await until('the handshake', () => /\|6\|unix\||\|6\|/.test(running.text()));
  await running.kill();
});
