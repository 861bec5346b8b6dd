import { client, drift, failedCheck, failure, plan } from './drift-plans';
import type { Documents } from './drift-support';

/** What a reader is given, but for what the engine complained of. */
type OddPlan = Omit<Documents, 'stderr'>;

type Path = readonly (string | number)[];

/** A plan in which everything occurs that a reader looks at. */
const full = () =>
  plan({
    prior_state: {
      values: {
        root_module: {
          resources: [
            {
              mode: 'data',
              type: 'domo_api_clients',
              values: { clients: [client('seen', { id: '8' }), client('seen', { id: '12' })] },
            },
          ],
        },
      },
    },
    planned_values: {
      outputs: {
        unmanaged_api_clients: {
          value: [client('x', { owner_id: null }), client('y', { id: 10, owner_id: '3' }), 'z'],
        },
      },
    },
    resource_drift: [
      drift('domo_api_client.gone', ['delete'], client('gone')),
      drift('domo_api_client.seen', ['delete'], client('seen')),
      drift('domo_api_client.held', ['delete'], client('held', { scopes: null })),
      drift('domo_api_client.new', ['update'], client('a'), client('b', { scopes: ['AUDIT', 'İ'] })),
      { ...drift('other_thing.x', ['update'], {}, {}), type: 'other_thing' },
    ],
    resource_changes: [
      { address: 'a.new', change: { actions: ['create'] } },
      { address: 'a.here', previous_address: 'a.there', change: { actions: ['no-op'] } },
      { address: 'a.import', change: { actions: ['no-op'], importing: { id: '1' } } },
      { address: 'data.a', change: { actions: ['read'] }, action_reason: 'read_because_config_unknown' },
    ],
    output_changes: { ids: { actions: ['update'] }, 10: { actions: ['create'] }, 9: { actions: ['no-op'] } },
    checks: [
      failedCheck('one', 'Message\nof two lines'),
      { address: { kind: 'check', to_display: 'check.late' }, status: 'unknown' },
    ],
  });

const events = () => [
  { '@message': 'Terraform 1.11.4', type: 'version' },
  {
    diagnostic: {
      severity: 'warning',
      summary: 'The name of a planned API client is taken',
      detail:
        'Names are unique in an instance, and this one is held by API client "(id 5) with the scopes x. If " (id 9), owned by user 1, with the scopes audit, data. If this plan replaces it.',
      address: 'domo_api_client.held',
    },
  },
  {
    diagnostic: {
      severity: 'warning',
      summary: 'Not there',
      detail: 'gone',
      address: 'data.domo_api_client.x',
      snippet: { context: 'check "unread"' },
    },
  },
  failure('Resource postcondition failed', 'Never so.', { snippet: { context: 'output "x"' } }),
];

/** Numbers that `JSON.stringify` cannot write; put in after it. */
const numbers = [
  '1e400',
  '-0',
  '1.0',
  '9007199254740991',
  '9007199254740993',
  '123456789012345678901',
  '1e2',
];
const number = (text: string) => `number:${text}`;

const strings = [
  '',
  'data.x',
  'delete',
  'fake-secret-of-a-client and 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed',
  '\u202e|\u200b\u0000\r\n\t\\u0041\\\u{1f600}\uffff\u2028"É',
  '##[error]::x::@y',
];

const values: (() => unknown)[] = [
  () => null,
  () => true,
  () => false,
  () => [],
  () => ({}),
  () => [[]],
  () => ['a', 'B', 'a'],
  () => ({ value: ['x'] }),
  ...numbers.map((text) => () => number(text)),
];

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...at, key]))];
}

/** Changes one place of a value: it is left out, or becomes something else, or is wrapped or doubled. */
function mutate(root: unknown, draw: (below: number) => number): unknown {
  // Every part of it as often as any other, however much is in it.
  const parts = Object.entries(Object(root)).map(([name, part]) => pathsIn(part, [name]));
  const paths = parts[draw(parts.length + 1)] ?? [[]];
  const path = paths[draw(paths.length)] ?? [];
  const key = path.at(-1);
  const holder = path.slice(0, -1).reduce<unknown>((value, each) => Reflect.get(Object(value), each), root);
  if (key === undefined || typeof holder !== 'object' || holder === null)
    return draw(4) === 0 ? [root] : root;
  const old: unknown = Reflect.get(holder, key);
  const kind = draw(8);
  // Most often a text for a text, which is no mistake.
  if (typeof old === 'string' && kind > 2) Reflect.set(holder, key, strings[draw(strings.length)]);
  else if (kind === 0) Reflect.deleteProperty(holder, key);
  else if (kind === 1) Reflect.set(holder, key, [old]);
  else if (kind === 2 && Array.isArray(old)) Reflect.set(holder, key, { ...old });
  else if (kind === 3 && Array.isArray(old)) Reflect.set(holder, key, [...old, ...old]);
  else Reflect.set(holder, key, values[draw(values.length)]?.());
  // A hole is none in JSON.
  return Array.isArray(holder) ? JSON.parse(JSON.stringify(root)) : root;
}

const written = (value: unknown): string =>
  JSON.stringify(value).replace(/"number:([^"]*)"/g, (_, text: string) => text);

/** What no engine prints, or only one that was interrupted. */
const texts = (text: string): string[] => [
  '',
  '\n',
  '{',
  'null',
  '[]',
  '{}',
  `[${text}]`,
  `\ufeff${text}`,
  ` ${text}`,
  `${text}\n${text}`,
  text.slice(0, text.length / 2),
  `${text} and more`,
];

/** A row of plans, the same for the same numbers: most are odd in one or a few places, some are no plan at all. */
export function* oddPlans(count: number, numbersFrom0To1: () => number): Generator<OddPlan> {
  const draw = (below: number) => Math.floor(numbersFrom0To1() * below);
  for (let round = 0; round < count; round++) {
    let document: unknown = full();
    let printed: unknown = events().filter(() => draw(4) === 0);
    for (let times = draw(2); times >= 0; times--) {
      if (draw(4) === 0) printed = mutate(printed, draw);
      else document = mutate(document, draw);
    }
    const lines = Array.isArray(printed) ? printed : [printed];
    const text = written(document);
    const all = texts(text);
    yield {
      plan: draw(8) === 0 ? (all[draw(all.length)] ?? '') : text,
      events: lines.map((line) => `${written(line)}\n`).join('') + (draw(20) === 0 ? '{"diagnos' : ''),
      code: ['1', '2', '137'][draw(12)] ?? '0',
      partial: draw(5) === 0 ? '-target=a' : '',
    };
  }
}
