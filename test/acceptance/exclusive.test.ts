import { join } from 'node:path';
import { type Engine, engines } from '../support/terraform';
import { at, client, setUp, tearDown } from './setup';

afterAll(tearDown);

/** The names that may exist: expressions of the configuration language. */
const only = (names: string, label = 'acme') =>
  `resource "domo_api_clients_exclusive" "${label}" {\n  names = ${names}\n}\n`;
const set = 'domo_api_clients_exclusive.acme';
const referring = '[domo_api_client.team.name, "portal"]';
/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('the plan on the screen names what its apply revokes, and nothing else goes', async () => {
    const setup = await setUp(client('team') + only(referring), { engine });
    const { domo, work, plan, configure } = setup;
    const portal = domo.add({ name: 'portal' });
    const rogue = domo.add({ name: 'rogue' });
    const first = await work.apply();
    expect(plain(first.text)).toContain(`revokes no API client`);
    expect(plain(first.text)).toContain(`API client "rogue" (id ${rogue.id}), owned by user ${rogue.userId}`);
    expect(domo.clients.size).toBe(3);

    const file = join(work.folder, 'saved.plan');
    const shown = await plan(`-out=${file}`);
    expect(shown.code).toBe(2);
    expect(shown.text).toMatch(/~ names += \[\s+- "rogue",\s+# \(2 unchanged elements hidden\)/);
    expect(shown.text).toContain('Plan: 0 to add, 1 to change, 0 to destroy.');
    expect(plain(shown.text)).toContain(`revokes 1 API client, at once and permanently`);
    const later = domo.add({ name: 'later' });
    expect(await work.run('apply', '-no-color', file)).toMatchObject({ code: 0 });
    expect([...domo.clients.values()].map(({ name }) => name).sort()).toEqual(['later', 'portal', 'team']);

    // A refresh that is stored shows it as well, and one that is gone by hand is gone from it.
    await work.apply('-refresh-only');
    expect(work.read('terraform.tfstate')).toContain('"later"');
    domo.revoke(later.id);

    // A generation goes and another comes: the old one is destroyed and leaves the names in one apply.
    configure(client('next') + only('[domo_api_client.next.name, "portal"]'));
    const moved = await work.apply();
    expect(moved.text).toContain('Resources: 1 added, 1 changed, 1 destroyed.');
    expect(moved.stdout).not.toMatch(/- "later"/);
    expect([...domo.clients.values()].map(({ name }) => name).sort()).toEqual(['next', 'portal']);

    // A replacement of the set itself is planned twice.
    const replaced = await work.run('apply', '-auto-approve', '-no-color', `-replace=${set}`);
    expect([replaced.code, replaced.text]).toEqual([
      0,
      expect.stringContaining('1 added, 0 changed, 1 destroyed'),
    ]);
    // Its names would be shown if any came or went.
    expect(replaced.stdout).not.toMatch(/names +=/);

    await work.run('destroy', '-auto-approve', '-no-color', `-target=${set}`);
    expect(domo.clients.has(portal.id)).toBe(true);
    expect(domo.clients.size).toBe(2);
  });

  it.concurrent('an import shows every removal, and what nobody could see or want is an error when planning', async () => {
    const { domo, work, plan, configure } = await setUp(client('team') + only(referring), { engine });
    domo.add({ name: 'portal' });
    domo.add({ name: 'rogue' });
    const instance = new URL(domo.url).host;
    work.write('import.tf', `import {\n  to = ${set}\n  id = "${instance}"\n}\n`);
    const imported = await work.apply();
    expect(imported.stdout).toMatch(/- "rogue"/);
    expect(imported.text).toContain('Plan: 1 to import, 1 to add, 1 to change, 0 to destroy.');
    expect([...domo.clients.values()].map(({ name }) => name).sort()).toEqual(['portal', 'team']);
    expect(await work.plan()).toBe('empty');
    domo.reset();

    configure(client('team') + only('["portal"]'));
    expect(plain((await plan()).text)).toMatch(/domo_api_clients_exclusive would revoke .*keeps as "team"/);

    configure(
      `${client('team') + only('[domo_api_client.team.name, terraform_data.later.id]')}resource "terraform_data" "later" {}\n`,
    );
    expect(plain((await plan()).text)).toContain('The names that may exist are not known yet');

    configure(client('team') + only(referring) + only('["portal"]', 'other'));
    expect(plain((await plan()).text)).toContain('Two sets of names for one instance');

    configure(client('team') + only(referring));
    for (let index = 0; index < 6; index++) domo.add({ name: `rogue-${index}` });
    expect(plain((await plan()).text)).toContain('would revoke 6 API clients, and max_revocations is 5');
    expect((await plan(`-target=${at('team')}`)).code).toBe(0);
    expect(domo.requests.filter(({ method }) => method === 'DELETE')).toEqual([]);
  });

  it.concurrent('seven that the same plan destroys are not limited, and one that is refused stays in the state', async () => {
    const labels = Array.from({ length: 7 }, (_, index) => `old_${index}`);
    const refer = (all: string[]) =>
      only(`[${all.map((label) => `domo_api_client.${label}.name`).join(', ')}]`);
    const setup = await setUp(labels.map((label) => client(label)).join('') + refer(labels), { engine });
    const { domo, work, apply, configure } = setup;
    await work.apply();
    configure(client('new') + refer(['new']));
    expect((await work.apply()).text).toContain('Resources: 1 added, 1 changed, 7 destroyed.');
    expect(domo.clients.size).toBe(1);

    domo.add({ name: 'rogue' });
    domo.me.may.revoke = 'own';
    const refused = await apply();
    expect(refused.code).toBe(1);
    expect(plain(refused.text)).toContain('Revoking API client "rogue"');
    domo.me.may.revoke = 'any';
    const again = await work.apply('-refresh=false');
    expect(again.stdout).toMatch(/- "rogue"/);
    expect(again.text).toContain('1 changed');
    expect(domo.clients.size).toBe(1);
  });
});
