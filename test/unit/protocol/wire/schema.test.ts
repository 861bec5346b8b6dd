import { Schema_Object_NestingMode, StringKind } from '../../../../provider/protocol/generated/tfplugin6';
import { identitySchema, providerSchema } from '../../../../provider/protocol/wire/schema';
import { dish } from '../../../support/kitchen/dish';
import { jar } from '../../../support/kitchen/jar';
import { kitchen } from '../../../support/kitchen/provider';

const schema = providerSchema(kitchen as unknown as Parameters<typeof providerSchema>[0]);

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
  expect(attributesOf('kitchen_dish')).toMatchObject({
    name: presence(true, false, false),
    id: presence(false, false, true),
    heat: presence(false, true, false),
    note: presence(false, true, true),
    slug: presence(false, true, true),
    pin: { ...presence(false, true, false), writeOnly: true, sensitive: true },
  });
});

it('names types, and describes nested attributes instead', () => {
  const { tags, stock, timer, courses, ingredients, sauces } = attributesOf('kitchen_dish');
  expect(String(tags?.type)).toBe('["set","string"]');
  expect(JSON.parse(String(stock?.type))).toEqual([
    'map',
    ['set', ['object', { place: 'string', count: 'number' }]],
  ]);
  expect([timer, courses, ingredients, sauces].map((a) => [a?.type.length, a?.nestedType?.nesting])).toEqual([
    [0, Schema_Object_NestingMode.SINGLE],
    [0, Schema_Object_NestingMode.LIST],
    [0, Schema_Object_NestingMode.SET],
    [0, Schema_Object_NestingMode.MAP],
  ]);
  expect(sauces?.sensitive).toBe(true);
  expect(timer?.nestedType?.attributes.map(({ name, sensitive }) => [name, sensitive])).toEqual([
    ['minutes', false],
    ['melody', true],
    ['code', false],
    ['started', false],
  ]);
});

it('describes, with what the schema itself knows', () => {
  const { name, servings, heat } = attributesOf('kitchen_dish');
  expect(name).toMatchObject({
    description: 'The name. Must not be empty. Changing this replaces the resource.',
    descriptionKind: StringKind.MARKDOWN,
  });
  expect(servings?.description).toBe('For how many. Must be above zero. Default: `2`.');
  expect(heat?.description).toBe('Degrees. Lowering it replaces the dish.');
});

it('has versions, and an identity if the resource has one', () => {
  expect(schema.resourceSchemas.kitchen_dish?.version).toBe(0n);
  expect(schema.resourceSchemas.kitchen_jar?.version).toBe(1n);
  expect(identitySchema(dish.definition as never)).toBeUndefined();
  expect(identitySchema(jar.definition as never)).toEqual({
    version: 0n,
    identityAttributes: [
      expect.objectContaining({ name: 'shelf', requiredForImport: true, optionalForImport: false }),
      expect.objectContaining({ name: 'label', requiredForImport: false, optionalForImport: true }),
    ],
  });
});
