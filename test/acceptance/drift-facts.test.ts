import { removeTempFolders } from '../support/temp';
import { client, drift, failure, ownerInactive, plan, unmanaged } from './drift-plans';
import { factsOf, readers } from './drift-support';

const token = 'fake-token-of-the-drift-job';

afterAll(removeTempFolders);

type Input = { plan?: unknown; events?: unknown[]; code?: string; stderr?: string; partial?: string };

/** The files and arguments of a case. */
const documents = ({ plan, events = [], code = '0', stderr = '', partial = '' }: Input) => ({
  plan: plan === undefined ? '' : JSON.stringify(plan),
  events: events.map((event) => `${JSON.stringify(event)}\n`).join(''),
  ...{ stderr, code, partial },
});

const domo = 'module.a["x"].domo_api_client.one';
const warning = (address: string, detail: string) => ({
  '@level': 'warn',
  diagnostic: { severity: 'warning', summary: 'The name of a planned API client is taken', detail, address },
});
const held =
  'Names are unique in an instance, and this one is held by API client "a (b)" (id 9), owned by user 1, with the scopes audit, data. If this plan replaces, renames or destroys that very client, all is well.';
const unread = 'An API client was not refreshed';
const error = (message: string) => ['error', '', '', '', '', '', '', '', message];
const unlike = (what: string) =>
  error(`The description of the plan is not understood: ${what}. Is it 1.5 or newer?`);

/** A planned change of a client with this name. */
const rotating = (address: string, actions: string[], name: string | null) => {
  const [before, after] = actions[0] === 'create' ? [null, { name }] : [{ name }, null];
  return { address, mode: 'managed', type: 'domo_api_client', change: { actions, before, after } };
};

/** A data source that has seen a client on an instance. */
const seenOn = (instance: string, ...clients: object[]) => ({
  values: {
    root_module: { resources: [{ mode: 'data', type: 'domo_api_clients', values: { instance, clients } }] },
  },
});

const notClients = [
  'error',
  'output.unmanaged_api_clients',
  ...['', '', '', '', '', ''],
  'It is not a list of API clients: see examples/unmanaged.',
];

const cases: Record<string, [input: Input, expected: (string | undefined)[][]]> = {
  nothing: [{ plan: plan() }, []],
  'no plan': [{ code: '1', stderr: 'No such\tfolder\n' }, [error('There is no plan. No such\\tfolder\\n')]],
  'a plan that has failed without a word': [{ plan: plan(), code: '1' }, [error('The plan failed. ')]],
  'an engine that has crashed': [
    { plan: plan(), code: '2', stderr: 'panic' },
    [error('The plan failed. panic')],
  ],
  'a plan of a part': [
    { plan: plan({ complete: false }), partial: '-target=a["\u202e"]' },
    [['partial', '', '', '', '', '', '', '', '-target=a["\\u202e"]']],
  ],
  'a plan of an older Terraform, which does not tell': [
    { plan: plan({ complete: undefined, errored: undefined }) },
    [],
  ],
  'a plan that is too deep': [
    { plan: plan({ deep: JSON.parse('['.repeat(300) + ']'.repeat(300)) }) },
    [unlike('it is not a JSON object')],
  ],
  'a plan in a format of tomorrow': [
    { plan: plan({ format_version: '2.0' }) },
    [unlike('its format version is 2.0')],
  ],
  'a plan with something out of place': [
    { plan: plan({ checks: [{ address: { kind: 'check', to_display: 'a' }, status: 7 }] }) },
    [unlike('see checks[0].status')],
  ],
  'a client without a name': [
    {
      plan: plan({
        resource_drift: [drift('a', ['no-op'], null), drift(domo, ['delete'], client('x', { name: null }))],
      }),
    },
    [unlike('see resource_drift[1].change.before.name')],
  ],
  'an event that is none': [
    { plan: plan(), events: [{ diagnostic: 'Broken' }] },
    [error('The output of the plan is not understood.')],
  ],
  'what cannot be seen, or turns round what can': [
    {
      plan: plan(unmanaged(['\u202ea\u200b\u001b[2K\r\n\u{e0041}é😀\u0085'])),
    },
    [
      [
        'unmanaged',
        '',
        '\\u202ea\\u200b\\u001b[2K\\r\\n\\udb40\\udc41é😀\\u0085',
        '',
        '',
        '',
        '',
        '',
        'Owner: user unknown.',
      ],
    ],
  ],
  'clients of several instances': [
    {
      plan: plan({
        ...unmanaged([{ name: 'b', id: '8', instance: 'acme-jp' }]),
        resource_drift: [
          drift('a', ['delete'], client('a', { instance: 'acme' })),
          drift('b', ['delete'], client('a', { instance: 'acme-emea' })),
          drift('c', ['update'], client('a', { instance: 'acme-jp' }), client('b', { instance: 'acme-jp' })),
        ],
        prior_state: seenOn('acme', { ...client('a'), id: '9' }),
      }),
    },
    [
      ['recreated', 'a', 'a', '7', '9', 'data, user', 'data, user', '', '', 'acme'],
      // The same name elsewhere is another client.
      ['revoked', 'b', 'a', '7', '', 'data, user', '', '', '', 'acme-emea'],
      ['changed', 'c', 'a', '7', '', 'data, user', 'data, user', '', 'name', 'acme-jp'],
      ['unmanaged', '', 'b', '8', '', '', '', '', 'Owner: user unknown.', 'acme-jp'],
    ],
  ],
  'a client that the refresh left alone': [
    {
      plan: plan(),
      events: [
        { diagnostic: { severity: 'warning', summary: unread, detail: 'It is on "acme".', address: domo } },
      ],
      partial: '-refresh-only',
    },
    [
      ['error', domo, '', '', '', '', '', '', `${unread}: It is on "acme".`],
      ['partial', '', '', '', '', '', '', '', '-refresh-only'],
    ],
  ],
  'ids that are numbers': [
    { plan: plan(unmanaged([{ name: 'a', id: 10, owner_id: 2 ** 53 - 1 }])) },
    [['unmanaged', '', 'a', '10', '', '', '', '', 'Owner: user 9007199254740991.']],
  ],
  'an id that is a number beyond what every reader of JSON takes exactly': [
    { plan: plan(unmanaged([{ name: 'a', id: 2 ** 53 }])) },
    [notClients],
  ],
  'no unmanaged clients': [{ plan: plan(unmanaged(null)) }, []],
  'an output of unmanaged clients that is not known yet': [
    { plan: plan({ planned_values: { outputs: { unmanaged_api_clients: { sensitive: false } } } }) },
    [['not-evaluated', 'output.unmanaged_api_clients', '', '', '', '', '', '', '']],
  ],
  'an output of unmanaged clients that is something else': [
    { plan: plan(unmanaged({ a: 'b' })) },
    [notClients],
  ],
  'clients of people who left': [
    {
      plan: plan(
        ownerInactive([
          client('a', {
            owner_id: '3',
            owner: { email: 'a@example.com', last_activity: '2026-03-14T09:00:00Z' },
          }),
          client('b', { owner_id: '4', owner: { last_activity: null } }),
          client('c', { owner: null }),
          'd',
        ]),
      ),
    },
    [
      [
        'owner-inactive',
        '',
        'a',
        '7',
        '',
        'data, user',
        ...['', '', 'Owner: user 3, last active 2026-03-14T09:00:00Z.'],
      ],
      ['owner-inactive', '', 'b', '7', '', 'data, user', '', '', 'Owner: user 4.'],
      [
        'owner-inactive',
        '',
        'c',
        '7',
        '',
        'data, user',
        '',
        '',
        expect.stringMatching(/^Owner: user \w+\.$/),
      ],
      ['owner-inactive', '', 'd', '', '', '', '', '', 'Owner: user unknown.'],
    ],
  ],
  'an output of inactive owners that is something else, or not known yet': [
    {
      plan: plan({
        planned_values: {
          outputs: {
            inactive_owner_api_clients: { value: [{ name: 'a', owner: 'b' }] },
            unmanaged_api_clients: { sensitive: false },
          },
        },
      }),
    },
    [
      ['not-evaluated', 'output.unmanaged_api_clients', '', '', '', '', '', '', ''],
      [
        'error',
        'output.inactive_owner_api_clients',
        ...['', '', '', '', '', ''],
        'It is not a list of API clients: see examples/owners.',
      ],
    ],
  ],
  'an error, whatever is in it': [
    {
      code: '1',
      events: [
        { '@message': 'Terraform 1.11.4', type: 'version' },
        failure('Broken', `with ${token} and 1B9D6BCD-bbfd-4b2d-9b5d-ab8dfbbd4bed\u0007 \\ "quoted" |`, {
          address: domo,
        }),
        failure('Short', ''),
      ],
    },
    [
      ['error', domo, '', '', '', '', '', '', 'Broken: with (redacted) and 1B9D6BCD…\\u0007 \\\\ "quoted" |'],
      ['error', '', '', '', '', '', '', '', 'Short: '],
    ],
  ],
  'generations that are due, and what only looks like them': [
    {
      plan: plan({
        resource_drift: [drift('domo_api_client.e["2026-02-02"]', ['delete'], client('e 2026-02-02'))],
        resource_changes: [
          rotating('domo_api_client.e["2026-01-01"]', ['delete'], 'e 2026-01-01'),
          rotating(
            'module.a["x"].domo_api_client.e["e 2026-04-01T05:00:00Z"]',
            ['create'],
            'e 2026-04-01T05:00:00Z',
          ),
          rotating('domo_api_client.e["2026-02-02"]', ['create'], 'e 2026-02-02'),
          rotating('domo_api_client.e["2026-03-03"]', ['delete', 'create'], 'e 2026-03-03'),
          rotating('domo_api_client.e["2026-05-05"]', ['create'], 'e 2026-05-06'),
          rotating('domo_api_client.e["2026-01"]', ['create'], 'e 2026-01'),
          rotating('domo_api_client.e', ['create'], 'e 2026-01-01'),
          rotating('domo_api_client.e["2026-06-06"]', ['create'], null),
          { ...rotating('other.e["2026-07-07"]', ['create'], 'e 2026-07-07'), type: 'other' },
          { address: 'domo_api_client.e["2026-08-08"]', change: { actions: ['create'] } },
        ],
      }),
    },
    [
      ['revoked', 'domo_api_client.e["2026-02-02"]', 'e 2026-02-02', '7', '', 'data, user', '', '', ''],
      ['rotation', 'domo_api_client.e["2026-01-01"]', 'e 2026-01-01', '', '', '', '', 'delete', ''],
      [
        'rotation',
        'module.a["x"].domo_api_client.e["e 2026-04-01T05:00:00Z"]',
        'e 2026-04-01T05:00:00Z',
        ...['', '', '', '', 'create', ''],
      ],
      ['pending', 'domo_api_client.e["2026-03-03"]', '', '', '', '', '', 'delete and create', ''],
      ['pending', 'domo_api_client.e["2026-05-05"]', '', '', '', '', '', 'create', ''],
      ['pending', 'domo_api_client.e["2026-01"]', '', '', '', '', '', 'create', ''],
      ['pending', 'domo_api_client.e', '', '', '', '', '', 'create', ''],
      ['pending', 'domo_api_client.e["2026-06-06"]', '', '', '', '', '', 'create', ''],
      ['pending', 'other.e["2026-07-07"]', '', '', '', '', '', 'create', ''],
      ['pending', 'domo_api_client.e["2026-08-08"]', '', '', '', '', '', 'create', ''],
    ],
  ],
  'clients that are gone, made again and changed': [
    {
      plan: plan({
        resource_drift: [
          drift(domo, ['delete'], client('gone')),
          drift('domo_api_client.two', ['delete'], client('held')),
          drift('domo_api_client.three', ['delete'], client('seen', { scopes: ['data'] })),
          drift('domo_api_client.four', ['update'], client('a'), client('b', { scopes: ['audit'] })),
          drift(
            'domo_api_client.five',
            ['update'],
            client('same', { owner_id: null }),
            client('same', { owner_id: '1', scopes: ['USER', 'data'] }),
          ),
          drift('domo_api_client.six', ['no-op'], client('still'), client('still')),
          { ...drift('other_thing.x', ['update'], {}, {}), type: 'other_thing' },
        ],
        prior_state: {
          values: {
            root_module: {
              child_modules: [
                {
                  resources: [
                    {
                      mode: 'data',
                      type: 'domo_api_clients',
                      values: { clients: [client('seen', { id: '8' })] },
                    },
                  ],
                },
              ],
            },
          },
        },
        resource_changes: [
          { address: domo, change: { actions: ['create'] } },
          { address: 'other_thing.x', change: { actions: ['update'] } },
        ],
      }),
      events: [warning('domo_api_client.two', held), warning('elsewhere', held)],
    },
    [
      ['revoked', domo, 'gone', '7', '', 'data, user', '', '', ''],
      ['recreated', 'domo_api_client.two', 'held', '7', '9', 'data, user', 'audit, data', '', ''],
      ['recreated', 'domo_api_client.three', 'seen', '7', '8', 'data', 'data, user', '', ''],
      ['changed', 'domo_api_client.four', 'a', '7', '', 'data, user', 'audit', '', 'name, scopes'],
      ['other', 'other_thing.x', '', '', '', '', '', 'update', ''],
    ],
  ],
  'what is only listed': [
    {
      plan: plan({
        resource_changes: [
          { address: 'a.new', change: { actions: ['create'] } },
          { address: 'a.again', change: { actions: ['create', 'delete'] } },
          { address: 'a.here', previous_address: 'a.there', change: { actions: ['no-op'] } },
          { address: 'a.import', change: { actions: ['no-op'], importing: { id: '1' } } },
          {
            address: 'data.a.late',
            change: { actions: ['read'] },
            action_reason: 'read_because_config_unknown',
          },
          {
            address: 'data.a.nested',
            change: { actions: ['read'] },
            action_reason: 'read_because_check_nested',
          },
        ],
        output_changes: { ids: { actions: ['update'] }, same: { actions: ['no-op'] } },
        checks: [
          { address: { kind: 'check', to_display: 'check.late' }, status: 'unknown' },
          { address: { kind: 'var', to_display: 'var.x' }, status: 'unknown' },
          {
            address: { kind: 'check', to_display: 'check.fine' },
            status: 'pass',
            instances: [{ address: { to_display: 'check.fine' }, status: 'pass' }],
          },
        ],
      }),
    },
    [
      ['pending', 'a.new', '', '', '', '', '', 'create', ''],
      ['pending', 'a.again', '', '', '', '', '', 'create and delete', ''],
      ['pending', 'a.import', '', '', '', '', '', 'import', ''],
      ['moved', 'a.here', '', '', '', '', '', '', 'It was a.there.'],
      ['read', 'data.a.late', '', '', '', '', '', '', ''],
      ['output', 'ids', '', '', '', '', '', '', ''],
      ['not-evaluated', 'check.late', '', '', '', '', '', '', ''],
    ],
  ],
  'checks and unmanaged clients': [
    {
      code: '1',
      plan: plan({
        errored: true,
        complete: false,
        planned_values: {
          outputs: {
            unmanaged_api_clients: {
              value: [client('x', { owner_id: null }), client('ü|', { owner_id: '3', id: '10' })],
            },
          },
        },
        checks: [
          {
            address: { kind: 'resource', to_display: 'a.b' },
            status: 'fail',
            instances: [
              {
                address: { to_display: 'a.b["k"]' },
                status: 'fail',
                problems: [{ message: 'One\ntwo fake-secret-of-a-client' }],
              },
            ],
          },
          {
            address: { kind: 'check', to_display: 'check.broken' },
            status: 'error',
            instances: [{ address: { to_display: 'check.broken' }, status: 'error' }],
          },
          {
            address: { kind: 'check', to_display: 'check.unread' },
            status: 'fail',
            instances: [
              {
                address: { to_display: 'check.unread' },
                status: 'fail',
                problems: [{ message: 'Not there: gone' }],
              },
            ],
          },
        ],
      }),
      events: [
        failure('Resource postcondition failed', 'One\ntwo fake-secret-of-a-client'),
        failure('Module output value precondition failed', 'Never so.', {
          snippet: { context: 'output "x"' },
        }),
        {
          diagnostic: {
            severity: 'warning',
            summary: 'Not there',
            detail: 'gone',
            address: 'data.domo_api_client.x',
            snippet: { context: 'check "unread"' },
          },
        },
        { diagnostic: { severity: 'warning', summary: 'Only a warning', detail: 'Beware.', snippet: null } },
      ],
    },
    [
      ['error', 'data.domo_api_client.x', '', '', '', '', '', '', 'Not there: gone'],
      ['error', 'check.broken', '', '', '', '', '', '', 'The check could not be evaluated. '],
      ['unmanaged', '', 'x', '7', '', 'data, user', '', '', 'Owner: user unknown.'],
      ['unmanaged', '', 'ü|', '10', '', 'data, user', '', '', 'Owner: user 3.'],
      ['check', 'a.b["k"]', '', '', '', '', '', '', 'One\\ntwo (redacted)'],
      ['check', 'output "x"', '', '', '', '', '', '', 'Never so.'],
    ],
  ],
};

describe.each(readers())('%s reads the facts of', (reader) => {
  let facts: string[];
  // One start of the reader tells those of every case.
  beforeAll(() => {
    const inputs = Object.values(cases).map(([input]) => documents(input));
    facts = factsOf(reader, inputs, { DOMO_ACCESS_TOKEN: token });
  });

  // Lines of nine columns, ten with the instance, and the last one.
  it.each(Object.entries(cases).map(([name, [, expected]], index) => [name, expected, index] as const))(
    '%s',
    (_, expected, index) => {
      const [last, ...lines] = facts[index]?.trimEnd().split('\n').reverse() ?? [];
      expect(lines.reverse().map((line) => line.split('\t'))).toEqual(expected);
      expect(last).toBe('end');
    },
  );
});
