import {
  atLeastOne,
  computed,
  each,
  nonEmpty,
  optional,
  required,
  t,
  unknown,
  validator,
  warningDiagnostic,
  writeOnly,
} from '../../../../provider/framework';
import { assertKnown, validateConfig } from '../../../../provider/framework/operations/validate';
import { formatPath } from '../../../../provider/framework/schema/path';
import type { Attributes } from '../../../../provider/framework/schema/schema';
import type { WireValue } from '../../../../provider/framework/schema/unknown';
import { d, failureOf } from '../support';

/** Every complaint as `place: detail`. */
function complaints(attributes: Attributes, config: WireValue, writeOnlyAllowed = true): string[] {
  return validateConfig(attributes, config, undefined, writeOnlyAllowed).map(
    ({ path = [], detail }) => `${formatPath(path)}: ${detail}`,
  );
}

const quoting = validator<unknown>('must be right', (value) => `${JSON.stringify(value)} is not.`);

it('says the place, the rule and what breaks it', () => {
  const attributes = { a: optional(t.string, { ...d, validate: [nonEmpty, quoting] }) };
  expect(complaints(attributes, { a: ' ' })).toEqual([
    'a: The value of "a" must be non-empty. The value consists of blanks only.',
    'a: The value of "a" must be right. " " is not.',
  ]);
  expect(complaints(attributes, { a: '' })[0]).toBe(
    'a: The value of "a" must be non-empty. The value is empty.',
  );
  expect(validateConfig(attributes, { a: ' ' }, undefined, true)[0]).toMatchObject({
    severity: 'error',
    summary: 'Invalid a',
  });
});

it('asks only about what is known and not null', () => {
  const attributes = {
    a: optional(t.string, { ...d, validate: [quoting] }),
    list: optional(t.list(t.string), { ...d, validate: [each(quoting), atLeastOne] }),
  };
  expect(complaints(attributes, { a: null, list: null })).toEqual([]);
  expect(complaints(attributes, { a: unknown, list: unknown })).toEqual([]);
  expect(complaints(attributes, { list: [unknown, 'b'] })).toEqual([
    'list: Each element of "list" must be right. "b" is not.',
  ]);
  expect(complaints(attributes, { list: [unknown] })).toEqual([]);
  expect(complaints(attributes, { list: [] })).toEqual([expect.stringContaining('at least one element')]);
});

it('finds the place in every kind of nesting', () => {
  const inner = t.nested({ b: optional(t.string, { ...d, validate: [nonEmpty] }) });
  const attributes = {
    one: optional(inner, d),
    list: optional(t.list(inner), d),
    set: optional(t.set(inner), d),
    map: optional(t.map(inner), d),
  };
  const bad = { b: '' };
  const found = complaints(attributes, {
    one: bad,
    list: [{ b: 'x' }, bad],
    set: [bad],
    map: { 'a b': bad },
  });
  expect(found.map((text) => text.split(': ')[0])).toEqual([
    'one.b',
    'list[1].b',
    'set[element].b',
    'map["a b"].b',
  ]);
});

it('quotes no secret: not of a sensitive or write-only value, nor from inside one', () => {
  const inner = { b: optional(t.string, { ...d, validate: [quoting] }) };
  const attributes = {
    a: optional(t.string, { ...d, sensitive: true, validate: [quoting] }),
    b: writeOnly(t.string, { ...d, validate: [quoting] }),
    c: optional(t.list(t.nested(inner)), { ...d, sensitive: true, validate: [quoting] }),
    d: optional(t.nested(inner), d),
    n: optional(t.number, { ...d, sensitive: true }),
  };
  const config = { a: 'fake-1', b: 'fake-2', c: [{ b: 'fake-3' }], d: { b: 'shown' }, n: null };
  const found = complaints(attributes, config);
  expect(found).toHaveLength(5);
  expect(found.filter((text) => text.includes('shown'))).toHaveLength(1);
  expect(found.join()).not.toContain('fake');
  expect(complaints(attributes, { ...config, n: '9007199254740993' }).join()).not.toContain('9007199');
});

it('refuses what Terraform itself lets pass inside nested attributes', () => {
  const attributes = {
    rules: optional(t.list(t.nested({ name: required(t.string, d), id: computed(t.string, d) })), d),
  };
  expect(complaints(attributes, { rules: [{ name: null, id: 'mine' }] })).toEqual([
    'rules[0].name: "rules[0].name" is required and must not be null.',
    'rules[0].id: The provider sets "rules[0].id". Remove it from the configuration.',
  ]);
});

it('refuses write-only values if the client would store them', () => {
  const attributes = { a: writeOnly(t.string, d) };
  expect(complaints(attributes, { a: 'x' })).toEqual([]);
  expect(complaints(attributes, { a: 'x' }, false)).toEqual([
    expect.stringContaining('needs Terraform 1.11'),
  ]);
  expect(complaints(attributes, { a: null }, false)).toEqual([]);
});

it('refuses a configuration of another shape', () => {
  const attributes = { a: optional(t.string, d) };
  for (const wrong of [null, 5, 'text', [], unknown]) {
    expect(complaints(attributes, wrong)).toEqual([expect.stringContaining('An object is required')]);
  }
  expect(complaints(attributes, { a: 5 })).toEqual([expect.stringMatching(/^a: A string is required/)]);
});

it('applies the rules for the whole at the end', () => {
  const attributes = { a: optional(t.string, { ...d, validate: [nonEmpty] }) };
  const whole = () => [warningDiagnostic('Odd', 'It is odd.')];
  const found = validateConfig(attributes, { a: '' }, whole, true);
  expect(found.map(({ summary }) => summary)).toEqual(['Invalid a', 'Odd']);
});

it('refuses to apply a configuration that is not known', () => {
  const attributes = { a: optional(t.list(t.nested({ b: optional(t.string, d) })), d) };
  expect(failureOf(() => assertKnown(attributes, { a: [{ b: unknown }] }))).toMatch(/^a\[0\]\.b: /);
  expect(() => assertKnown(attributes, { a: [{ b: 'x' }] })).not.toThrow();
});
