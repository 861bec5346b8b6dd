import type { FakeDomo, Fault } from '../support/fake-domo';
import { openDomo } from '../support/opened';
import { created } from './copied-state';
import { age, calls, get, only, reports } from './faults-support';
import { at, pointedAt, providerFile, type Setup, setUp, tearDown } from './setup';
import { saidOf, sideBySide, withToken } from './side-by-side';

afterAll(tearDown);

const address = 'domo_api_client.a';
const minute = 60_000;

const applied = created();
const onAcme = created({ provider: 'instance = "acme"' });
/** With a token endpoint that the secret may be sent to. */
const withEndpoint = (domo: FakeDomo) => ({ ...pointedAt(domo), DOMO_API_URL: domo.url });
const witnessed = created({ env: withEndpoint });
const witnessedOnAcme = created({ provider: 'instance = "acme"', env: withEndpoint });
const atRoot = created({ env: (domo) => ({ ...pointedAt(domo), DOMO_BASE_URL: `${domo.url}/` }) });

/** The client is still in the state, with its secret, and nothing was revoked or made. */
async function expectUntouched({ domo, work }: Setup, secret: string): Promise<void> {
  expect((await work.state()).attributes(address)).toMatchObject({ client_secret: secret });
  expect([domo.count(calls.revoke), domo.count(calls.create)]).toEqual([0, 0]);
}

describe('another client under the same id and name', () => {
  it.concurrent('is neither read as the one in the state nor revoked', async () => {
    const made = await applied();
    const { domo, plan, destroy } = made;
    const mine = only(domo);
    domo.clients.set(mine.id, {
      ...mine,
      clientId: 'deadbeef-0000-4000-8000-000000000000',
      secret: 'fake-other',
    });
    domo.quirks.clientIds = (id) => `${id.slice(0, 13)}-XXXX-XXXX-XXXXXXXXXXXX`;
    for (const { code, text } of [await plan(), await destroy('-refresh=false')]) {
      expect(code).toBe(1);
      expect(text).toContain('Error: The id belongs to another API client');
      expect(text).not.toContain('deadbeef-0000-4000');
    }
    await expectUntouched(made, mine.secret);
  });

  it.concurrent('is an absence, once the credentials in the state are refused', async () => {
    const { domo, plan } = await witnessed();
    const mine = only(domo);
    domo.clients.set(mine.id, {
      ...mine,
      clientId: 'deadbeef-0000-4000-8000-000000000000',
      secret: 'fake-other',
    });
    const { code, text } = await plan();
    expect(code).toBe(2);
    expect(text).toContain('Warning: An API client was revoked outside Terraform');
    expect(domo.count(calls.revoke)).toBe(0);
  });

  it.concurrent('in capitals is the same one', async () => {
    const { domo, work } = await applied();
    domo.quirks.clientIds = (id) => `${id.slice(0, 8).toUpperCase()}****`;
    expect(await work.plan()).toBe('empty');
  });
});

describe('a client that an earlier release has imported, which remembered no more than the beginning of its id', () => {
  async function importedEarlier(instance?: string) {
    const made = await setUp(reports('description = <<-EOT\n    Nightly\n  EOT'));
    const { id, clientId } = made.domo.add({
      name: 'reports',
      description: 'Nightly',
      userId: made.domo.me.id,
    });
    made.domo.quirks.clientIds = (whole) => `${whole.slice(0, 13)}-XXXX-XXXX-XXXXXXXXXXXX`;
    const attributes = {
      id: String(id),
      name: 'reports',
      description: 'Nightly',
      scopes: ['data'],
      client_id: null,
      client_secret: null,
      masked_client_id: `${clientId.slice(0, 8)}…`,
      owner_id: String(made.domo.me.id),
      instance: instance ?? made.domo.url.replace('http://', ''),
      timeouts: null,
    };
    const provider = 'provider["registry.terraform.io/domo-governance/domo"]';
    const instances = [{ schema_version: 0, attributes }];
    const resources = [{ mode: 'managed', type: 'domo_api_client', name: 'a', provider, instances }];
    made.work.write(
      'terraform.tfstate',
      JSON.stringify({ version: 4, serial: 1, lineage: 'fake', resources }),
    );
    return made;
  }

  it.concurrent('is not replaced for the spelling that Domo has given its description', async () => {
    const { plan } = await importedEarlier();
    expect((await plan()).code).toBe(0);
  });

  it.concurrent('is told from another one under the same id and name', async () => {
    const { domo, destroy } = await importedEarlier();
    domo.clients.set(only(domo).id, { ...only(domo), clientId: 'deadbeef-0000-4000-8000-000000000000' });
    for (const { code, text } of [await destroy(), await destroy('-refresh=false')])
      expect([code, text]).toEqual([
        1,
        expect.stringContaining('Error: The id belongs to another API client'),
      ]);
    expect(domo.count(calls.revoke)).toBe(0);
  });

  it.concurrent('is known again where the label has changed', async () => {
    const { plan } = await importedEarlier('localhost:1');
    expect((await plan()).code).toBe(0);
  });
});

describe('an address at which the client was never seen', () => {
  it.concurrent('proves nothing: a base_url left over from another Domo', async () => {
    const made = await onAcme();
    const { secret } = only(made.domo);
    const other = await openDomo({});
    other.me.id = made.domo.me.id;
    made.work.write(
      'provider.tf',
      providerFile(`instance = "acme"\nbase_url = "${other.url}"\naccess_token = "${other.token}"`),
    );
    for (const { code, text } of [await made.apply(), await made.destroy()]) {
      expect(code).toBe(1);
      expect(text).toContain('Error: The API client is not known at this address');
    }
    await expectUntouched(made, secret);
    expect(other.clients.size).toBe(0);
  });

  it.concurrent('is one with another path: two instances behind one gateway', async () => {
    const made = await atRoot();
    const { secret } = only(made.domo);
    expect((await made.work.state()).attributes(address)).toMatchObject({
      instance: new URL(made.domo.url).host,
    });
    made.work.write('provider.tf', providerFile(`base_url = "${made.domo.url}/emea"`));
    const { code, text } = await made.destroy('-refresh=false');
    expect(code).toBe(1);
    expect(text).not.toContain('Destroy complete');
    await expectUntouched(made, secret);
  });
});

describe('one witness is not enough', () => {
  it.concurrent('an empty list between good ones', async () => {
    const { domo, work } = await applied();
    domo.fail({ ...get, status: 200, body: [] });
    expect(await work.plan()).toBe('empty');
    expect(domo.count(calls.list)).toBe(2);
  });

  it.concurrent('a list that says itself that it is a part', async () => {
    const lists: Fault[] = [
      { body: { entries: [], total: 412 } },
      { body: { entries: [], _metaData: { totalCount: '3' } } },
      { body: [], headers: { 'X-Total-Count': '2' } },
      { body: { entries: [], hasMore: true } },
      { body: { entries: [], next: '/page/2' } },
      { body: [], headers: { Link: '</list?page=2>; rel="next"' } },
    ];
    const { domos, work, plan } = await sideBySide(lists.map(() => withToken));
    await work.apply();
    age(work);
    for (const [index, list] of lists.entries()) {
      domos[index]?.reset();
      domos[index]?.fail({ ...get, status: 200, times: 9, ...list });
    }
    const { code, text } = await plan();
    expect(code).toBe(1);
    const { attributes } = await work.state();
    for (const [index, domo] of domos.entries()) {
      expect(saidOf(text, index)).toContain("Error: Domo's list of API clients is incomplete");
      expect(attributes(at(`a${index}`))).toMatchObject({ client_secret: only(domo).secret });
      expect([domo.count(calls.revoke), domo.count(calls.create)]).toEqual([0, 0]);
    }
  });

  it.concurrent('a part answers for the clients that are in it', async () => {
    const { domo, work } = await applied();
    const { id, name, description, scopes, clientId, userId } = only(domo);
    const body = { entries: [{ id, name, description, scopes, clientId, userId }], total: 9 };
    domo.fail({ ...get, status: 200, body, times: 9 });
    expect(await work.plan()).toBe('empty');
  });

  it.concurrent(
    'a list that lags: the client signs in, so it stays, and it is not revoked',
    async () => {
      const made = await witnessed();
      const { secret } = only(made.domo);
      only(made.domo).hiddenLists = Number.POSITIVE_INFINITY;
      const planned = await made.plan();
      expect(planned.code).toBe(0);
      expect(planned.text).toContain('Warning: An API client is not listed but still works');
      const { code, text } = await made.destroy();
      expect(code).toBe(1);
      expect(text).toContain('Error: An API client is not listed but still works');
      await expectUntouched(made, secret);
    },
    minute,
  );

  it.concurrent('credentials that sign in to another instance are an error that names it', async () => {
    const made = await witnessedOnAcme();
    only(made.domo).hiddenLists = Number.POSITIVE_INFINITY;
    made.domo.customer = 'acme-emea';
    const { code, text } = await made.plan();
    expect(code).toBe(1);
    expect(text).toContain('Error: API clients belong to another instance');
    expect(text).toContain('"acme-emea"');
  });

  it.concurrent('a secret is not sent to an endpoint that was configured later', async () => {
    const made = await applied();
    made.domo.revoke(only(made.domo).id);
    made.work.write('provider.tf', providerFile(`api_url = "${made.domo.url}"`));
    expect((await made.plan()).code).toBe(2);
    expect(made.domo.count('GET /oauth/token')).toBe(0);
  });
});
