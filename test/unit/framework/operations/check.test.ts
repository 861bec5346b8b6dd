import {
  computed,
  createFactory,
  nonEmpty,
  optional,
  required,
  requiresReplace,
  t,
  writeOnly,
} from '../../../../provider/framework';
import type { Provider } from '../../../../provider/framework/provider';
import type { ResourceDefinition } from '../../../../provider/framework/resource';
import type { Attributes } from '../../../../provider/framework/schema/schema';
import { d, mistakesIn } from '../support';

type Definition = ResourceDefinition<null, Attributes>;

const never = () => Promise.reject(new Error('not called'));
const correct: Definition = {
  description: 'A thing.',
  attributes: { name: required(t.string, d) },
  create: never,
  read: never,
  update: never,
  delete: never,
};
const { update: _, ...withoutUpdate } = correct;

function mistakes(provider: Partial<Provider<null>>, ...resources: [name: string, Definition][]): string[] {
  const { resource } = createFactory<null>();
  return mistakesIn({
    resources: resources.map(([name, definition]) => resource(name, definition)),
    ...provider,
  });
}

const ofThing = (change: Partial<Definition>) => mistakes({}, ['thing', { ...correct, ...change }]);
const ofAttributes = (attributes: Attributes) => ofThing({ attributes });

it('finds nothing in a correct definition', () => expect(ofThing({})).toEqual([]));

it('finds everything at once', () => {
  expect(mistakes({}, ['Thing', { ...correct, description: ' ' }], ['b', correct], ['b', correct])).toEqual([
    'test_Thing: "Thing" is not a name',
    'test_Thing: there is no description',
    'b is defined twice',
  ]);
});

describe('an attribute', () => {
  const wrongDefault = required(t.string, d);
  const cases: [string, Attributes, string][] = [
    ['has no description', { a: optional(t.string, { description: '' }) }, 'a: there is no description'],
    [
      'has a name that HCL cannot say',
      { aB: optional(t.string, d) },
      'aB: names consist of lower-case letters',
    ],
    [
      'has a name that Terraform keeps',
      { count: optional(t.string, d) },
      'count: Terraform reserves this name',
    ],
    [
      'validates what nobody writes',
      { a: computed(t.string, { ...d, validate: [nonEmpty] }) },
      'a: users never set it, so there is nothing to validate',
    ],
    [
      'replaces for a computed value',
      { a: computed(t.string, { ...d, plan: [requiresReplace] }) },
      'a: a computed value cannot ask for a replacement',
    ],
    [
      'replaces for a write-only value',
      { a: writeOnly(t.string, { ...d, plan: [requiresReplace] }) },
      'a: a write-only value is never compared',
    ],
    [
      'has a default of another type',
      { a: { ...wrongDefault, presence: 'optional+computed', default: 5 } },
      'a: the default does not fit the type',
    ],
    [
      'is write-only in a set',
      { a: optional(t.set(t.nested({ b: writeOnly(t.string, d) })), d) },
      'a: a set cannot hold write-only values',
    ],
    [
      'is write-only deep in a set',
      {
        a: optional(t.set(t.nested({ b: optional(t.list(t.nested({ c: writeOnly(t.string, d) })), d) })), d),
      },
      'a: a set cannot hold write-only values',
    ],
    [
      'is wrong deep inside',
      { a: optional(t.map(t.nested({ b: optional(t.nested({ C: computed(t.string, d) }), d) })), d) },
      'a.b.C: names consist of lower-case letters',
    ],
  ];

  it.each(cases)('%s', (_, attributes, mistake) => {
    expect(ofAttributes(attributes)).toEqual([expect.stringContaining(`test_thing: ${mistake}`)]);
  });

  it('may be called count if it is nested', () => {
    expect(ofAttributes({ a: optional(t.nested({ count: optional(t.number, d) }), d) })).toEqual([]);
  });
});

describe('a resource', () => {
  it('has an identity of string attributes that exist', () => {
    const attributes = { a: required(t.string, d), n: required(t.number, d) };
    expect(ofThing({ attributes, identity: { a: 'required' } })).toEqual([]);
    expect(ofThing({ attributes, identity: { n: 'required', b: 'optional' } })).toEqual([
      'test_thing: the identity\'s "n" is not a string attribute',
      'test_thing: the identity\'s "b" is not a string attribute',
    ]);
  });

  it('upgrades from every older version', () => {
    const upgrade = () => ({ name: 'x' });
    expect(ofThing({ version: 2, upgrade: { 1: upgrade } })).toEqual([
      'test_thing: there is no upgrade from version 0',
    ]);
    expect(ofThing({ version: 2, upgrade: { 0: upgrade, 1: upgrade } })).toEqual([]);
  });

  it('needs an update if something can change', () => {
    const attributes = {
      id: computed(t.string, d),
      name: required(t.string, { ...d, plan: [requiresReplace] }),
    };
    expect(mistakes({}, ['thing', { ...withoutUpdate, attributes }])).toEqual([]);
    expect(mistakes({}, ['thing', withoutUpdate])).toEqual([
      'test_thing: an attribute can change without a replacement, but there is no update',
    ]);
  });
});

it('knows that a provider computes nothing, and which names it has', () => {
  expect(mistakes({ attributes: { alias: optional(t.string, d) } })).toEqual([
    'provider: alias: Terraform reserves this name',
  ]);
  expect(mistakes({ attributes: { a: optional(t.string, { ...d, default: 'x' }) } })).toEqual([
    'provider: attributes cannot be computed',
  ]);
});

it('finds what a data source cannot have', () => {
  const { dataSource } = createFactory<null>();
  const source = (name: string, attributes: Attributes) =>
    dataSource(name, { description: name === 'plain' ? 'Plain.' : '', attributes, read: never });
  const found = mistakes({
    dataSources: [
      source('plain', { name: required(t.string, d), found: computed(t.string, d) }),
      source('Wrong', {
        count: required(t.string, d),
        fallback: optional(t.string, { ...d, default: 'x' }),
        kept: required(t.string, { ...d, plan: [requiresReplace] }),
        secret: writeOnly(t.string, d),
      }),
      source('plain', {}),
    ],
  });
  const unplanned = 'nothing is planned, so it cannot have a default, modifier or write-only value';
  expect(found.sort()).toEqual(
    [
      'data test_Wrong: "Wrong" is not a name',
      'data test_Wrong: count: Terraform reserves this name',
      'data test_Wrong: there is no description',
      `data test_Wrong: fallback: ${unplanned}`,
      `data test_Wrong: kept: ${unplanned}`,
      `data test_Wrong: secret: ${unplanned}`,
      'plain is defined twice',
    ].sort(),
  );
});

describe('a list resource', () => {
  const { resource, listResource } = createFactory<null>();
  const attributes = { id: computed(t.string, d) };
  const { update, ...fixed } = correct;
  const thing = resource('thing', { ...fixed, attributes, identity: { id: 'required' } });
  const plain = resource('plain', { ...fixed, attributes });
  const list = () => [][Symbol.iterator]() as never;

  it('is found correct', () => {
    const things = listResource(thing, { ...d, attributes: { name: optional(t.string, d) }, list });
    expect(mistakes({ resources: [thing], listResources: [things] })).toEqual([]);
  });

  it('lists a resource of the provider that has an identity', () => {
    const all = [thing, plain].map((each) => listResource(each, { ...d, attributes: {}, list }));
    expect(mistakes({ resources: [plain], listResources: all })).toEqual([
      "list test_thing: its resource is not one of the provider's",
      'list test_plain: its resource has no identity, by which Terraform imports',
    ]);
  });

  it('has arguments that can only be set, and names that Terraform leaves', () => {
    const wrong = {
      for_each: optional(t.string, d),
      found: computed(t.string, d),
      fallback: optional(t.string, { ...d, default: 'x' }),
      kept: required(t.string, { ...d, plan: [requiresReplace] }),
      secret: writeOnly(t.string, d),
    };
    const things = listResource(thing, { description: ' ', attributes: wrong, list });
    const unusual =
      'nothing is planned or stored, so it can only be set: no default, modifier, computed or write-only value';
    expect(mistakes({ resources: [thing], listResources: [things, things] }).sort()).toEqual(
      [
        ...[things, things].flatMap(() => [
          'list test_thing: for_each: Terraform reserves this name',
          'list test_thing: there is no description',
          ...['found', 'fallback', 'kept', 'secret'].map((name) => `list test_thing: ${name}: ${unusual}`),
        ]),
        'thing is defined twice',
      ].sort(),
    );
  });
});

it('a move names a type and the addresses of providers', () => {
  const move = () => ({ name: 'x' });
  const moves = (type: string, ...providers: string[]) => ofThing({ moves: [{ type, providers, move }] });
  expect(moves('other_thing', 'Example/other', 'registry.example.com:8443/example/other')).toEqual([]);
  expect(moves('other_thing')).toEqual(['test_thing: the move from "other_thing": it names no provider']);
  expect(moves('Other', 'other', 'a/b/c/d', 'a//b')).toEqual([
    'test_thing: the move from "Other": that is not a type',
    ...['other', 'a/b/c/d', 'a//b'].map(
      (address) => `test_thing: the move from "Other": "${address}" is not a provider's source address`,
    ),
  ]);
});
