import { Schema_Object_NestingMode, StringKind } from '../../../../provider/protocol/generated/tfplugin6';
import { identitySchema, providerSchema } from '../../../../provider/protocol/wire/schema';
import { bucket } from '../../../support/test-provider/bucket';
import { testProvider } from '../../../support/test-provider/provider';
import { widget } from '../../../support/test-provider/widget';

const schema = providerSchema(testProvider as unknown as Parameters<typeof providerSchema>[0]);

function attributesOf(resource: string) {
  const attributes = schema.resourceSchemas[resource]?.block?.attributes ?? [];
  return Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute]));
}

const presence = (required: boolean, optional: boolean, computed: boolean) => ({
  required,
  optional,
  computed,
});

it('says who sets an attribute', () => {
  expect(attributesOf('test_widget')).toMatchObject({
    name: presence(true, false, false),
    id: presence(false, false, true),
    size: presence(false, true, false),
    note: presence(false, true, true),
    slug: presence(false, true, true),
    pin: { ...presence(false, true, false), writeOnly: true, sensitive: true },
  });
});

it('names types, and describes nested attributes instead', () => {
  const { tags, stock, timer, phases, parts, secrets } = attributesOf('test_widget');
  expect(String(tags?.type)).toBe('["set","string"]');
  expect(JSON.parse(String(stock?.type))).toEqual([
    'map',
    ['set', ['object', { place: 'string', count: 'number' }]],
  ]);
  expect([timer, phases, parts, secrets].map((a) => [a?.type.length, a?.nestedType?.nesting])).toEqual([
    [0, Schema_Object_NestingMode.SINGLE],
    [0, Schema_Object_NestingMode.LIST],
    [0, Schema_Object_NestingMode.SET],
    [0, Schema_Object_NestingMode.MAP],
  ]);
  expect(secrets?.sensitive).toBe(true);
  expect(timer?.nestedType?.attributes.map(({ name, sensitive }) => [name, sensitive])).toEqual([
    ['minutes', false],
    ['secret', true],
    ['code', false],
    ['started', false],
  ]);
});

it('describes, with what the schema itself knows', () => {
  const { name, replicas, size } = attributesOf('test_widget');
  expect(name).toMatchObject({
    description: 'The name. Must be non-empty. Changing this replaces the resource.',
    descriptionKind: StringKind.MARKDOWN,
  });
  expect(replicas?.description).toBe('How many. Must be above zero. Default: `2`.');
  expect(size?.description).toBe('In units. Lowering it replaces the widget.');
});

it('has versions, and an identity where the resource has one', () => {
  expect(schema.resourceSchemas.test_widget?.version).toBe(0n);
  expect(schema.resourceSchemas.test_bucket?.version).toBe(1n);
  expect(identitySchema(widget.definition as never)).toBeUndefined();
  expect(identitySchema(bucket.definition as never)).toEqual({
    version: 0n,
    identityAttributes: [
      expect.objectContaining({ name: 'region', requiredForImport: true, optionalForImport: false }),
      expect.objectContaining({ name: 'name', requiredForImport: false, optionalForImport: true }),
    ],
  });
});
