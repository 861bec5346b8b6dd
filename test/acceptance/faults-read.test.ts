import type { Fault } from '../support/fake-domo';
import { created } from './copied-state';
import { age, calls, get, only, reports } from './faults-support';
import { providerFile, setUp, tearDown } from './setup';
import { saidOf, sideBySide, withToken } from './side-by-side';

afterAll(tearDown);

const address = 'domo_api_client.a';

const old = created();
const oldOnAcme = created({ provider: 'instance = "acme"' });

/** A setup whose client has been created a moment ago. */
async function young() {
  const made = await old();
  age(made.work, new Date().toISOString());
  return made;
}

describe('a client that is not in the list', () => {
  it.concurrent('is removed from the state for its owner, with a warning, and created again', async () => {
    const { domo, work, apply } = await old();
    domo.me.sees = 'own';
    const { id } = only(domo);
    domo.revoke(id);
    const { code, text } = await apply();
    expect(code).toBe(0);
    expect(text).toContain('Warning: An API client was revoked outside Terraform');
    expect(text).toContain(`API client "reports" (id ${id}) is no longer in Domo's list`);
    expect(text).toContain('1 to add, 0 to change, 0 to destroy');
    expect(domo.count(calls.me)).toBe(1);
    expect((await work.state()).attributes(address)).toMatchObject({ client_secret: only(domo).secret });
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent("is taken out of the state for somebody who sees others' clients", async () => {
    const { domo, work, apply } = await old();
    domo.revoke(only(domo).id);
    Object.assign(domo.me, { id: 99, sees: 'all' });
    domo.add({ userId: 12 });
    const { code, text } = await apply('-refresh-only');
    expect(code).toBe(0);
    expect(text).toContain('revoked outside Terraform');
    expect((await work.state()).resources).toEqual([]);
  });

  it.concurrent.each(['own', 'none-empty'] as const)(
    'stays in the state for somebody who may just not see it (%s)',
    async (sees) => {
      const { domo, work, apply } = await old();
      const { id, userId } = only(domo);
      domo.add({ userId: 99 });
      Object.assign(domo.me, { id: 99, sees });
      const { resources } = await work.state();
      const { code, text } = await apply();
      expect(code).toBe(1);
      expect(text).toContain('Error: The API client cannot be seen');
      expect(text).toContain(`API client "reports" (id ${id}) is not in the list`);
      expect(text).toContain(`to the caller (user 99)`);
      expect(text).toContain(`belongs to user ${userId}`);
      expect(text).toContain('Manage All Access Tokens and API Clients');
      expect((await work.state()).resources).toEqual(resources);
      expect(domo.count(calls.revoke)).toBe(0);
    },
  );
});

it.concurrent('a list that fails leaves the state as it is', async () => {
  const faults: [Fault, string][] = [
    [{ status: 401 }, 'Domo rejected the credentials'],
    [{ status: 403, body: 'Forbidden' }, 'Domo returned 403 (Forbidden)'],
    [{ status: 503 }, 'Domo returned 503'],
    [{ hang: true }, 'timeout after 1 s'],
    [{ status: 200, body: '<html>fake-login</html>' }, 'Unexpected response from Domo'],
    [{ status: 200, body: '{"clients":[]}' }, 'a JSON array of API clients'],
  ];
  const { domos, work, apply } = await sideBySide(
    faults.map(() => withToken),
    { provider: 'request_timeout = "1s"\nmax_retries = 0' },
  );
  await work.apply();
  age(work);
  const { resources } = await work.state();
  expect(resources).toHaveLength(faults.length);
  for (const [index, [fault]] of faults.entries()) {
    domos[index]?.reset();
    domos[index]?.fail({ ...get, ...fault });
  }
  const { code, text } = await apply('-refresh-only');
  expect(code).toBe(1);
  for (const [index, domo] of domos.entries()) {
    const told = saidOf(text, index);
    expect(told).toContain(faults[index]?.[1]);
    expect(told).toContain(`Reading API client "reports" (id ${only(domo).id})`);
    expect(told).toContain('The state was left as it is.');
    expect(domo.count(calls.me)).toBe(0);
  }
  expect((await work.state()).resources).toEqual(resources);
}, 90_000);

describe('a client that was created a moment ago', () => {
  it.concurrent('is waited for if the list shows it late', async () => {
    const { domo, work } = await young();
    only(domo).hiddenLists = 2;
    expect(await work.plan()).toBe('empty');
    expect(domo.count(calls.me)).toBe(0);
  });

  it.concurrent('is waited for from its creation on', async () => {
    const { domo, work, apply } = await setUp(reports(), { quirks: { lateMs: 4_000 } });
    expect((await apply()).code).toBe(0);
    expect(await work.plan()).toBe('empty');
    expect(domo.count(calls.create)).toBe(1);
  });

  it.concurrent('is taken out of the state when its absence has lasted', async () => {
    const { domo, plan } = await young();
    domo.revoke(only(domo).id);
    const { code, text } = await plan();
    const lists = domo.requests.filter(({ method, path }) => method === get.method && path === get.path);
    expect((lists.at(-1)?.at ?? 0) - (lists[0]?.at ?? 0)).toBeGreaterThanOrEqual(4_500);
    expect([code, text]).toEqual([2, expect.stringContaining('revoked outside Terraform')]);
  });
});

describe('the state of another instance', () => {
  const on = (instance: string) => `instance = "${instance}"`;

  it.concurrent('is neither read nor revoked', async () => {
    const { domo, work, apply, plan, destroy } = await oldOnAcme();
    expect((await work.state()).attributes(address)).toMatchObject({ instance: 'acme' });
    work.write('provider.tf', providerFile(on('other')));
    const { resources } = await work.state();
    // Another Domo: the same id and name, but not the same client.
    domo.clients.set(only(domo).id, { ...only(domo), clientId: '00000000-1111-4222-8333-444444444444' });
    for (const command of [() => plan(), () => destroy('-refresh=false')]) {
      const { code, text } = await command();
      expect(code).toBe(1);
      expect(text).toContain('Error: The state belongs to another instance');
      expect(text).toContain(
        'is on "acme" according to the state, and the provider is configured for "other"',
      );
    }
    // A refresh alone decides nothing: it leaves the client as it is, and says so.
    const refreshed = await apply('-refresh-only');
    expect(refreshed.code).toBe(0);
    expect(refreshed.text).toContain('Warning: An API client was not refreshed');
    expect((await work.state()).resources).toEqual(resources);
    expect(domo.count(calls.revoke)).toBe(0);
  });

  it.concurrent('is a matter of its label only, if id, name and client id say that it is the same client', async () => {
    const { domo, work, apply } = await oldOnAcme();
    const { secret } = only(domo);
    for (const [provider, label] of [
      [on('acme.domo.com'), 'acme'],
      [on('other'), 'other'],
      ['', new URL(domo.url).host],
    ] as const) {
      work.write('provider.tf', providerFile(provider));
      const { code, text } = await apply();
      expect([code, text]).toEqual([0, expect.stringContaining('0 added, 0 changed, 0 destroyed')]);
      expect((await work.state()).attributes(address)).toMatchObject({
        instance: label,
        client_secret: secret,
      });
    }
    expect([domo.count(calls.create), domo.count(calls.revoke)]).toEqual([0, 0]);
  });
});

it.concurrent('a list in its old wrapping, and everything there: who-am-I is never asked', async () => {
  const { domo, work } = await old();
  domo.quirks.list = 'entries';
  expect(await work.plan()).toBe('empty');
  expect(domo.count(calls.list)).toBe(1);
  expect(domo.count(calls.me)).toBe(0);
});

describe('a client of another name under the same id', () => {
  it.concurrent("is the same one if its client id is: its name is Domo's spelling, which is said once", async () => {
    const { domo, work, apply, plan } = await old();
    const { id } = only(domo);
    domo.clients.set(id, { ...only(domo), name: 'somebody else' });
    const { code, text } = await apply();
    expect([code, text]).toEqual([0, expect.stringContaining('0 added, 0 changed, 0 destroyed')]);
    expect(text).toContain('Warning: Domo shows the name of an API client differently');
    expect((await plan()).text).not.toContain('differently');
    expect((await work.state()).attributes(address)).toMatchObject({ name: 'reports' });
  });

  it.concurrent('is an error if nothing of the client id is shown: it may be another one', async () => {
    const { domo, work, plan, destroy } = await old();
    const { id } = only(domo);
    domo.clients.set(id, { ...only(domo), name: 'somebody else' });
    domo.quirks.clientIds = () => '********';
    for (const { code, text } of [await plan(), await destroy('-refresh=false')]) {
      expect(code).toBe(1);
      expect(text).toContain('Error: The id belongs to another API client');
    }
    expect((await work.state()).resources).toHaveLength(1);
    expect(domo.count(calls.revoke)).toBe(0);
  });
});
