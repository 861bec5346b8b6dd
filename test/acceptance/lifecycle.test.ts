import { paths } from '../support/fake-domo';
import { type Engine, engines, type Workspace } from '../support/terraform';
import { occurrences } from './faults-support';
import { at, client, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const post = `POST ${paths.clients}`;
const revocation = `DELETE ${paths.client}`;
/** What a plan says of each client that it does not leave as it is, by its label. */
function changesIn(plan: string): Record<string, string> {
  return Object.fromEntries(
    [...plan.matchAll(/^ +# domo_api_client\.(\w+) (.*)$/gm)].map(([, label, change]) => [label, change]),
  );
}

/** What the state has of each client, by its label. */
async function clientsOf(work: Workspace): Promise<Record<string, Record<string, unknown>>> {
  const { resources } = await work.state();
  return Object.fromEntries(resources.map(({ name, values }) => [name, values]));
}

describe.each(engines())('the life of a client with $name', (engine: Engine) => {
  it.concurrent('is changed or begun anew by a replacement, and by nothing that means the same', async () => {
    const domo = await openDomo();
    const before = [
      client('rescoped'),
      client('renamed'),
      client('described', 'description = "Before."'),
      client('replaced'),
      client('tainted'),
      client('respelled', 'scopes = ["data", "USER", "workflow"]'),
      client('absent'),
      client('null', 'description = null'),
      client('empty', 'description = ""'),
      client('timed'),
      client('moved'),
      client('transferred'),
    ];
    const { work } = await setUp(before.join(''), { engine, domo });
    await work.apply();
    const old = await clientsOf(work);

    const after = [
      client('rescoped', 'scopes = ["data", "user"]'),
      client('renamed', 'name = "another name"'),
      client('described', 'description = "After."'),
      client('replaced'),
      client('tainted'),
      client('respelled', 'scopes = ["Workflow", "data", "user", "DATA"]'),
      client('absent', 'description = null'),
      client('null', 'description = ""'),
      client('empty'),
      client('timed', 'timeouts = {\n    create = "1h30m"\n  }'),
      client('here', 'name = "moved"'),
      client('there', 'name = "transferred"'),
      `moved {\n  from = ${at('moved')}\n  to = ${at('here')}\n}\n`,
    ];
    work.write('main.tf', after.join(''));
    expect(await work.run('state', 'mv', at('transferred'), at('there'))).toMatchObject({ code: 0 });
    expect(await work.run('taint', at('tainted'))).toMatchObject({ code: 0 });

    // Whatever Domo makes of an empty description and of scopes, it is no drift.
    domo.quirks.emptyDescription = 'null';
    domo.quirks.scopes = 'upper-case';
    domo.reset();
    const { stdout } = await work.apply(`-replace=${at('replaced')}`);
    expect(changesIn(stdout)).toEqual({
      rescoped: 'must be replaced',
      renamed: 'must be replaced',
      described: 'must be replaced',
      replaced: 'will be replaced, as requested',
      tainted: expect.stringMatching(/^is tainted, so (it )?must be replaced$/),
      timed: 'will be updated in-place',
      moved: 'has moved to domo_api_client.here',
    });
    const causes = stdout.match(/\w+(?= += .*# forces replacement)/g);
    expect(causes?.sort()).toEqual(['description', 'name', 'scopes']);
    expect([domo.count(post), domo.count(revocation)]).toEqual([5, 5]);
    const now = await clientsOf(work);
    for (const label of ['rescoped', 'renamed', 'described', 'replaced', 'tainted']) {
      for (const name of ['id', 'client_id', 'client_secret']) {
        expect(now[label]?.[name]).toEqual(expect.any(String));
        expect(now[label]?.[name]).not.toBe(old[label]?.[name]);
      }
    }
    const secretOf = (clients: typeof now, label: string) => clients[label]?.client_secret;
    for (const label of ['respelled', 'absent', 'null', 'empty', 'timed']) {
      expect(secretOf(now, label)).toBe(secretOf(old, label));
    }
    expect(secretOf(now, 'here')).toBe(secretOf(old, 'moved'));
    expect(secretOf(now, 'there')).toBe(secretOf(old, 'transferred'));
    const inDomo = [...domo.clients.values()].map(({ id, name, secret }) => [String(id), name, secret]);
    const inState = Object.values(now).map(({ id, name, client_secret }) => [id, name, client_secret]);
    expect(inDomo.sort()).toEqual(inState.sort());

    domo.quirks.emptyDescription = 'absent';
    domo.quirks.scopes = 'reversed';
    work.write('main.tf', after.join('').replace('1h30m', '2h'));
    domo.reset();
    const { text } = await work.apply();
    expect(text).toContain('Resources: 0 added, 1 changed, 0 destroyed.');
    expect(domo.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${paths.clients}`]);
    expect((await work.state()).attributes(at('timed')).timeouts).toMatchObject({ create: '2h' });
  });

  it.concurrent('refuses an unknown scope if a client would be made with it, and nowhere else', async () => {
    const domo = await openDomo();
    domo.scopes.add('quantum');
    const provider = (additional: string) => `provider "domo" {\n  ${additional}\n}\n`;
    const additional = provider('additional_scopes = ["Quantum"]');
    const special = client('special', 'scopes = ["quantum", "data"]');
    const kept = client('kept', 'scopes = ["quantum"]');
    const all = client('plain') + special + kept;
    const { work } = await setUp(additional + all, { engine, domo });
    await work.apply();
    expect(domo.requests.find(({ body }) => JSON.stringify(body)?.includes('special'))?.body).toMatchObject({
      name: 'special',
      scopes: expect.arrayContaining(['data', 'Quantum']),
    });

    const wrong = 'scopes = ["dta", "user"]';
    work.write(
      'main.tf',
      provider('') + client('plain', wrong) + client('special', 'scopes = ["quantum"]') + kept,
    );
    expect(await work.run('validate', '-no-color')).toMatchObject({ code: 0 });
    const { code, text } = await work.run('plan', '-no-color');
    expect(code).toBe(1);
    expect(text).toContain('"dta" is not a scope that this provider knows. Did you mean "data"?');
    expect(text).toContain('Known scopes: account, audit, buzz, dashboard, data, user, workflow.');
    expect(text).toContain('"quantum" is not a scope that this provider knows. Known scopes');
    expect(occurrences(text, 'is not a scope')).toBe(2);
    expect(text).toContain('additional_scopes');
    expect(text).toContain('scopes = ["dta", "user"]');

    work.write('main.tf', provider('') + all);
    await work.destroy();
    expect(domo.clients.size).toBe(0);
  });

  it.concurrent('explains why create_before_destroy cannot work with an unchanged name', async () => {
    const domo = await openDomo();
    const first = 'lifecycle {\n    create_before_destroy = true\n  }';
    const { work } = await setUp(client('a', first), { engine, domo });
    await work.apply();
    const old = (await work.state()).attributes(at('a'));
    work.write('main.tf', client('a', 'scopes = ["user"]', first));
    const { code, text } = await work.run('apply', '-auto-approve', '-no-color');
    expect(code).toBe(1);
    expect(text).toContain(`this one is held by API client "a" (id ${old.id}), owned by user ${domo.me.id}`);
    expect(text).toContain('remove create_before_destroy from its lifecycle');
    expect((await work.state()).attributes(at('a'))).toEqual(old);
    expect(domo.count(revocation)).toBe(0);

    work.write('main.tf', client('a', 'scopes = ["user"]', 'name = "b"', first));
    domo.reset();
    await work.apply();
    const calls = domo.requests.map(({ method }) => method).filter((method) => method !== 'GET');
    expect(calls).toEqual(['POST', 'DELETE']);
    expect([...domo.clients.values()].map(({ name }) => name)).toEqual(['b']);
  });

  it('refuses at validation what Domo could not take', async () => {
    const domo = await openDomo();
    const wrong = [
      client('unnamed', 'name = ""'),
      client('unscoped', 'scopes = []'),
      client('blank', 'scopes = [""]'),
      client('timed', 'timeouts = {\n    read = "soon"\n    delete = "0s"\n  }'),
    ];
    const { work } = await setUp(wrong.join(''), { engine, domo, env: () => ({}) });
    const { code, text } = await work.run('validate', '-no-color');
    expect(code).toBe(1);
    expect(text.match(/Error: Invalid [^ ]+/g)?.sort()).toEqual([
      'Error: Invalid name',
      'Error: Invalid scopes',
      'Error: Invalid scopes',
      'Error: Invalid timeouts.delete',
      'Error: Invalid timeouts.read',
    ]);
    expect(domo.requests).toEqual([]);
  });
});
