import { optional, root, t, writeOnly } from '../../../../provider/framework';
import { upgradedState } from '../../../../provider/framework/operations/upgrade';
import { encodeObject } from '../../../../provider/framework/schema/codec';
import { d, failureOf } from '../support';

const inner = { code: writeOnly(t.string, d) };
const attributes = { pin: writeOnly(t.string, d), timer: optional(t.nested(inner), d) };

it.each(['proposed', 'plan', 'state'] as const)('a write-only value is in no %s', (view) => {
  const encode = (value: object) => () =>
    encodeObject(attributes, { pin: null, timer: null, ...value }, root, view);
  expect(encode({ timer: { code: null } })()).toEqual({ pin: null, timer: { code: null } });
  expect(failureOf(encode({ pin: 'fake-pin' }))).toMatch(/^pin: .*is write-only, and yet kept/);
  expect(failureOf(encode({ timer: { code: 'fake-code' } }))).toMatch(/^timer.code: .*is write-only/);
  expect(failureOf(encode({ pin: 'fake-pin' }))).not.toContain('fake-pin');
});

it('a stored state loses a value that has become write-only since', () => {
  const never = () => Promise.reject(new Error('not called'));
  const definition = { ...d, attributes, create: never, read: never, delete: never };
  expect(upgradedState(definition, 0, { pin: 'fake-pin', timer: { code: 'fake-code' } })).toEqual({
    pin: null,
    timer: { code: null },
  });
});
