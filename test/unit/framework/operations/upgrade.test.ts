import { computed, failure, optional, required, t, upgradeFrom } from '../../../../provider/framework';
import {
  identityOf,
  upgradedIdentity,
  upgradedState,
} from '../../../../provider/framework/operations/upgrade';
import type { ResourceDefinition } from '../../../../provider/framework/resource';
import type { Attributes } from '../../../../provider/framework/schema/schema';
import { unknown } from '../../../../provider/framework/schema/unknown';
import { d, failureOf } from '../support';

const never = () => Promise.reject(new Error('not called'));
const attributes = { id: computed(t.string, d), name: required(t.string, d), size: optional(t.decimal, d) };
const version0 = { id: computed(t.string, d), title: required(t.string, d), size: required(t.decimal, d) };
const definition: ResourceDefinition<never, Attributes> = {
  description: 'A thing.',
  attributes,
  version: 3,
  upgrade: {
    0: upgradeFrom(version0, ({ id, title, size }) => ({ id, name: title, size })),
    1: () => ({ id: '1', name: null, size: null }),
    2: () => {
      throw failure('Too far gone', 'It has no name.');
    },
  },
  identity: { id: 'required', name: 'optional' },
  create: never,
  read: never,
  delete: never,
};

const upgrade = (version: number, state: Parameters<typeof upgradedState>[2]) => ({
  ...(upgradedState(definition, version, state) as object),
});

describe('a stored state', () => {
  it('of the same version loses what the schema no longer has and gains what it has now', () => {
    expect(upgrade(3, { id: '1', name: 'a', gone: true })).toEqual({ id: '1', name: 'a', size: null });
  });

  it('of an older version goes through its upgrade, every digit included', () => {
    const old = { id: '1', title: 'a', size: '9007199254740993' };
    expect(upgrade(0, old)).toEqual({ id: '1', name: 'a', size: 9007199254740993n });
  });

  it.each([
    ['another shape than its version', 0, { title: 5 }, /^title: A value does not fit the schema/],
    ['no shape at all', 3, 'text', /^: A value does not fit the schema/],
    ['an upgrade that returns a wrong shape', 1, {}, /^name: .*is null/],
    ['an upgrade that refuses', 2, {}, /Too far gone/],
    ['a version that the provider does not know yet', 4, {}, /written by a newer provider/],
    ['a version that nobody upgrades', -1, {}, /too old/],
  ])('is refused with %s', (_, version, state, message) => {
    expect(failureOf(() => upgradedState(definition, version, state))).toMatch(message);
  });

  it('has version 0 if the definition names none', () => {
    const { version: _, upgrade: __, ...first } = definition;
    expect(upgradedState(first, 0, { id: '1', name: 'a', size: null })).toMatchObject({ name: 'a' });
    expect(failureOf(() => upgradedState(first, 1, {}))).toMatch(/newer provider/);
  });
});

describe('an identity', () => {
  it('is taken from the state once all of it is known', () => {
    const state = { id: '1', name: 'a', size: null };
    expect({ ...(identityOf(definition, state) as object) }).toEqual({ id: '1', name: 'a' });
    expect(identityOf(definition, { ...state, id: unknown })).toBeNull();
    expect(identityOf(definition, { ...state, name: null })).toBeNull();
    const { identity: _, ...without } = definition;
    expect(identityOf(without, state)).toBeNull();
  });

  it('is read back from storage', () => {
    const stored = upgradedIdentity(definition, 0, { id: '1', other: 'x' });
    expect({ ...(stored as object) }).toEqual({ id: '1', name: null });
    expect(failureOf(() => upgradedIdentity(definition, 1, {}))).toMatch(/cannot be read/);
    expect(failureOf(() => upgradedIdentity(definition, 0, ['1']))).toMatch(/cannot be read/);
  });
});
