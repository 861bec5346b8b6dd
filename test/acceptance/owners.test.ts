import { paths } from '../support/fake-domo';
import { type Engine, engines } from '../support/terraform';
import { openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

const search = { method: 'POST', path: paths.users };

const configuration = `
variable "now" { default = "2026-11-26T12:00:00Z" }
resource "terraform_data" "now" { input = var.now }
data "domo_api_clients" "all" { owners = true }
data "domo_api_client" "one" {
  name   = "b"
  owners = true
}
data "domo_access_tokens" "all" {
  owners = true
  now    = terraform_data.now.output
}
data "domo_access_tokens" "now" { now = plantimestamp() }
output "it" {
  value = {
    inactive = [for c in data.domo_api_clients.all.clients : c.name if try(!c.owner.active, false)]
    owners   = [for c in data.domo_api_clients.all.clients : try(c.owner.email, "nobody")]
    one      = data.domo_api_client.one.owner
    ending   = [for each in data.domo_access_tokens.all.tokens : each.name if try(each.expires_in_days < 30, false)]
    tokens   = data.domo_access_tokens.all.tokens
    over     = [for each in data.domo_access_tokens.now.tokens : each.name if try(each.expires_in_days < 0, false)]
  }
}
`;

describe.each(engines())('with $name', (engine: Engine) => {
  it.concurrent('owners and access tokens reach a configuration, and every plan after it is empty', async () => {
    const domo = await openDomo();
    const lastActivity = Date.UTC(2026, 2, 14, 9);
    domo.users = [
      { id: 11, displayName: 'Ann', emailAddress: 'ann@example.com', isActive: true },
      { id: 12, displayName: 'Bob', emailAddress: 'bob@example.com', isActive: false, lastActivity },
    ];
    for (const [name, userId] of Object.entries({ a: 11, b: 12, c: 13 })) domo.add({ name, userId });
    domo.accessTokens = [
      { id: 7, name: 'ended', ownerId: 12, expires: Date.UTC(2020, 0) },
      { id: 8, name: 'lasting', ownerId: 13, expires: Date.UTC(2099, 0) },
    ];
    const bob = {
      name: 'Bob',
      email: 'bob@example.com',
      active: false,
      last_activity: '2026-03-14T09:00:00Z',
    };
    const { work, plan, apply } = await setUp(configuration, { engine, domo });
    await work.apply();
    expect(await work.output('it')).toEqual({
      inactive: ['b'],
      owners: ['ann@example.com', 'bob@example.com', 'nobody'],
      one: bob,
      ending: ['ended'],
      tokens: [
        {
          id: '7',
          name: 'ended',
          owner_id: '12',
          owner: bob,
          expires_at: '2020-01-01T00:00:00Z',
          expires_in_days: -2522,
        },
        {
          id: '8',
          name: 'lasting',
          owner_id: '13',
          owner: null,
          expires_at: '2099-01-01T00:00:00Z',
          expires_in_days: expect.any(Number),
        },
      ],
      over: ['ended'],
    });
    expect(await work.plan()).toBe('empty');

    domo.fail({ ...search, status: 403, times: 9 });
    const refused = await apply();
    expect(refused.code).toBe(0);
    expect(refused.text.match(/Domo does not show users to the caller/g)).toHaveLength(1);
    expect(await work.output('it')).toMatchObject({ inactive: [], one: null, ending: ['ended'] });
    domo.reset();

    const wrong = await plan('-var=now=tomorrow');
    expect(wrong.code).toBe(2);
    const { code, text } = await apply('-var=now=tomorrow');
    expect(code).toBe(1);
    expect(text.replace(/[\s│]+/g, ' ')).toMatch(
      /Invalid now .*must be a date such as .* or an RFC 3339 time .*"tomorrow" is neither\./,
    );
  });
});
