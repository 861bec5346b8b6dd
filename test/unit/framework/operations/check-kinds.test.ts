import {
  computed,
  optional,
  parameter,
  required,
  requiresReplace,
  t,
  variadic,
  writeOnly,
} from '../../../../provider/framework';
import type { ProviderFunction } from '../../../../provider/framework/function';
import type { Attributes } from '../../../../provider/framework/schema/schema';
import { d, mistakesIn } from '../support';

const never = () => Promise.reject(new Error('not called'));

describe('a function', () => {
  const func: ProviderFunction['definition'] = {
    summary: 'A function.',
    description: 'Does something.',
    parameters: { a: parameter(t.string, d), b: variadic(t.string, d) },
    returns: t.string,
    run: () => '',
  };
  const ofFunctions = (...functions: ProviderFunction[]) => mistakesIn({ functions });
  const of = (change: object) => ofFunctions({ name: 'f', definition: { ...func, ...change } });
  const inside = (attribute: Attributes[string]) => ({ a: parameter(t.nested({ x: attribute }), d) });

  it('is correct', () => expect(of({})).toEqual([]));

  it.each<[string, object, string]>([
    ['has no return type', { returns: undefined }, 'there is no return type'],
    ['has no summary', { summary: '' }, 'there is no summary or description'],
    [
      'has a parameter without a description',
      { parameters: { a: parameter(t.string, { description: ' ' }) } },
      'a: there is no description',
    ],
    [
      'has a parameter with a bad name',
      { parameters: { 'a-b': parameter(t.string, d) } },
      'a-b: names consist of',
    ],
    [
      'goes on after a variadic one',
      { parameters: { a: variadic(t.string, d), b: parameter(t.string, d) } },
      'a: only the last can be variadic',
    ],
    [
      'computes part of an argument',
      { parameters: inside(computed(t.string, d)) },
      'a: a caller sets everything',
    ],
    [
      'forgets part of an argument',
      { parameters: inside(writeOnly(t.string, d)) },
      'a: a caller sets everything',
    ],
    [
      'replaces for an argument',
      { parameters: inside(optional(t.string, { ...d, plan: [requiresReplace] })) },
      'a: a caller sets everything',
    ],
    [
      'has a wrong default in an argument',
      { parameters: inside(optional(t.string, { ...d, default: 5 as never })) },
      'a.x: the default does not fit',
    ],
  ])('%s', (_, change, mistake) => {
    expect(of(change)).toEqual([expect.stringContaining(`function f: ${mistake}`)]);
  });

  it('has a name, of its own', () => {
    const named = (name: string) => ({ name, definition: func });
    expect(ofFunctions(named('F'), named('g'), named('g'))).toEqual([
      'function F: "F" is not a name',
      'g is defined twice',
    ]);
  });

  it('may have defaults within an argument', () => {
    expect(of({ parameters: inside(optional(t.string, { ...d, default: 'a' })) })).toEqual([]);
  });
});

describe('an ephemeral resource', () => {
  const of = (name: string, attributes: Attributes, description = 'A lease.') =>
    mistakesIn({
      ephemeralResources: [{ name, definition: { description, attributes, open: never } }],
    });

  it('is correct', () =>
    expect(of('lease', { a: required(t.string, d), b: computed(t.string, d) })).toEqual([]));

  it.each<[string, Attributes]>([
    ['a default', { a: optional(t.string, { ...d, default: 'a' }) }],
    ['a modifier', { a: optional(t.string, { ...d, plan: [requiresReplace] }) }],
    ['a write-only value', { a: writeOnly(t.string, d) }],
    ['one within', { a: optional(t.nested({ b: writeOnly(t.string, d) }), d) }],
  ])('has nothing that is planned or kept: %s', (_, attributes) => {
    expect(of('lease', attributes)).toEqual([expect.stringContaining('nothing is planned or kept')]);
  });

  it('has a name and a description', () => {
    expect(of('Lease', { count: required(t.string, d) }, '')).toEqual([
      'ephemeral test_Lease: count: Terraform reserves this name',
      'ephemeral test_Lease: "Lease" is not a name',
      'ephemeral test_Lease: there is no description',
    ]);
  });
});

describe('an action', () => {
  const message = required(t.string, d);
  const of = (name: string, attributes: Attributes, description = 'Notifies.') =>
    mistakesIn({ actions: [{ name, definition: { description, attributes, invoke: never } }] });

  it('is correct', () => expect(of('notify', { message, code: writeOnly(t.string, d) })).toEqual([]));

  it('has a required attribute: with none, an action without config crashes Terraform', () => {
    const within = optional(t.nested({ message }), d);
    for (const attributes of [{}, { code: writeOnly(t.string, d) }, { within }]) {
      expect(of('notify', attributes)).toEqual(['action test_notify: no attribute is required']);
    }
  });

  it.each<[string, Attributes[string]]>([
    ['a default', optional(t.string, { ...d, default: 'a' })],
    ['a modifier', optional(t.string, { ...d, plan: [requiresReplace] })],
    ['a computed value', computed(t.string, d)],
    ['one within', optional(t.nested({ b: computed(t.string, d) }), d)],
  ])('has nothing that is planned or returned: %s', (_, attribute) => {
    expect(of('notify', { message, attribute })).toEqual([
      expect.stringContaining('nothing is planned or returned'),
    ]);
  });

  it('has no write-only value within a set', () => {
    const parts = optional(t.set(t.nested({ code: writeOnly(t.string, d) })), d);
    expect(of('notify', { message, parts })).toEqual([
      'action test_notify: parts: a set cannot hold write-only values',
    ]);
  });
});
