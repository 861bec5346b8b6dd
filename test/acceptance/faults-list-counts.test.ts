import { isThorough } from '../support/thorough';
import { age, calls, multiply } from './faults-support';
import { type Setup, setUp, tearDown } from './setup';

afterAll(tearDown);

// Terraform's own work for a thousand creations takes a minute. It asks for ten clients at a time, so a list too many shows
// with a hundred, too.
const changed = isThorough ? 300 : 50;
const refreshed = isThorough ? 1_000 : 100;

const configuration = (count: number) => `resource "domo_api_client" "many" {
  count  = ${count}
  name   = "reports \${count.index}"
  scopes = ["data"]
}
`;

/** How often each call came since the last time. */
function counted({ domo }: Setup) {
  const { list, create, revoke, me } = calls;
  const seen = {
    list: domo.count(list),
    create: domo.count(create),
    revoke: domo.count(revoke),
    me: domo.count(me),
  };
  domo.reset();
  return seen;
}

/** Old clients, which this workspace manages. */
async function managed(count: number): Promise<Setup> {
  const made = await setUp(configuration(1));
  await made.work.apply();
  multiply(made, count);
  made.configure(configuration(count));
  expect(made.domo.clients.size).toBe(count);
  counted(made);
  return made;
}

it.concurrent(`${changed} creations cost three lists and one every five seconds, and their revocation at most 6`, async () => {
  const began = Date.now();
  const made = await setUp(configuration(changed));
  expect((await made.apply()).code).toBe(0);
  expect(made.domo.clients.size).toBe(changed);
  const creation = counted(made);
  expect(creation).toMatchObject({ create: changed, revoke: 0, me: 0 });
  // A creation is sent on a list that is at most five seconds old.
  expect(creation.list).toBeLessThanOrEqual(3 + Math.ceil((Date.now() - began) / 5_000));

  expect((await made.destroy()).code).toBe(0);
  expect(made.domo.clients.size).toBe(0);
  const revocation = counted(made);
  expect(revocation).toMatchObject({ create: 0, revoke: changed, me: 0 });
  expect(revocation.list).toBeLessThanOrEqual(6);
}, 120_000);

it.concurrent(`a refresh of ${refreshed} clients costs at most 3 lists`, async () => {
  const made = await managed(refreshed);
  const { code, text } = await made.plan();
  expect([code, text]).toEqual([0, expect.stringContaining('No changes')]);
  const refresh = counted(made);
  expect(refresh).toMatchObject({ create: 0, revoke: 0, me: 0 });
  expect(refresh.list).toBeLessThanOrEqual(3);
}, 120_000);

it.concurrent(`a plan over ${refreshed} clients with three data sources costs at most 3 lists`, async () => {
  const made = await managed(refreshed);
  made.configure(`${configuration(refreshed)}
data "domo_api_clients" "all" {
  name_regex = "7$"
}
data "domo_api_client" "one" {
  name = "reports 7"
}
data "domo_api_client_scopes" "known" {}
`);
  const { code, text } = await made.plan();
  expect([code, text]).toEqual([0, expect.stringContaining('No changes')]);
  const plan = counted(made);
  process.stdout.write(`a plan over ${refreshed} clients with three data sources: ${JSON.stringify(plan)}\n`);
  expect(plan).toMatchObject({ create: 0, revoke: 0 });
  expect(plan.list).toBeLessThanOrEqual(3);
  expect(plan.me).toBeLessThanOrEqual(1);
}, 120_000);

it.concurrent(`a refresh of ${refreshed} clients that are all gone costs at most 3 lists`, async () => {
  const made = await managed(refreshed);
  made.domo.clients.clear();
  expect((await made.plan()).text).toContain(`${refreshed} to add, 0 to change, 0 to destroy`);
  const { list, me } = counted(made);
  expect(me).toBe(1);
  expect(list).toBeLessThanOrEqual(3);
}, 120_000);

it.concurrent(`a refresh of ${changed} new clients that are all gone costs at most 3 lists`, async () => {
  const made = await managed(changed);
  made.domo.clients.clear();
  age(made.work, new Date().toISOString());
  expect((await made.plan()).text).toContain(`${changed} to add, 0 to change, 0 to destroy`);
  const { list, me } = counted(made);
  expect(me).toBe(1);
  expect(list).toBeLessThanOrEqual(3);
}, 120_000);

it.concurrent(`a destroy of ${changed} clients that are all gone costs at most 6 lists`, async () => {
  const made = await managed(changed);
  made.domo.clients.clear();
  expect((await made.destroy('-refresh=false')).code).toBe(0);
  expect((await made.work.state()).resources).toEqual([]);
  const { list, me } = counted(made);
  expect(me).toBe(1);
  expect(list).toBeLessThanOrEqual(6);
}, 120_000);
