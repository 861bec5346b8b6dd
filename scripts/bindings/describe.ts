/** An attribute, or a block of them, as `providers schema -json` tells it. */
interface Attribute {
  readonly description?: string;
  readonly sensitive?: boolean;
  /** Such as `"string"` or `["list", ["object", { "id": "string" }]]`; absent if it is nested. */
  readonly type?: unknown;
  readonly nested_type?: { readonly attributes: Attributes };
}
type Attributes = Readonly<Record<string, Attribute>>;
interface Schema {
  readonly block: { readonly description?: string; readonly attributes?: Attributes };
}

/** What `providers schema -json` says of one provider. */
export interface ProviderSchema {
  readonly provider: Schema;
  readonly resource_schemas: Readonly<Record<string, Schema>>;
  readonly data_source_schemas: Readonly<Record<string, Schema>>;
  /** Absent before Terraform 1.10. */
  readonly ephemeral_resource_schemas?: Readonly<Record<string, Schema>>;
}

/** What the generators leave without a word, and every class has. */
const common = new Map([
  ['internalValue', 'The value as configured; for the generated classes themselves.'],
  ['tfResourceType', 'The type in Terraform.'],
]);

/** What no schema has, since Terraform itself gives it to every block of that kind. */
const addedByTerraform: Readonly<Record<string, Attributes>> = {
  TerraformProvider: { alias: { description: 'The name of this block, if a stack has several.' } },
};

const pascal = (name: string) => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const camel = (name: string) => pascal(name).replace(/^./, (letter) => letter.toLowerCase());

/** What is generated for one block: the attributes behind a type's members, and what is said of the type. */
type Generated = { readonly attributes: Attributes; readonly description: string | undefined };

/** The types that are generated for a block and for what is nested in it, by their names. */
function typesOf(name: string, { attributes, description }: Generated): [string, Generated][] {
  const nested = Object.entries(attributes).flatMap(([key, attribute]) => {
    const fields = fieldsOf(attribute);
    return fields
      ? typesOf(name + pascal(key), { attributes: fields, description: attribute.description })
      : [];
  });
  const own = ['', 'List', 'OutputReference'].map((ending): [string, Generated] => [
    name + ending,
    { attributes, description },
  ]);
  return [...own, ...nested];
}

/** What the objects within an attribute have, if it has any. */
function fieldsOf({ nested_type, type }: Attribute): Attributes | undefined {
  if (nested_type) return nested_type.attributes;
  const fields = objectIn(type);
  if (!fields) return undefined;
  // The fields of a plain object have no descriptions of their own.
  const described = Object.entries(fields).map(([name, type]): [string, Attribute] => [
    name,
    { description: `The object's \`${name}\`.`, type },
  ]);
  return Object.fromEntries(described);
}

/** The types of the fields of an object, also if the type is a collection of them. */
function objectIn(type: unknown): Readonly<Record<string, unknown>> | undefined {
  if (!Array.isArray(type)) return undefined;
  const [kind, inner] = type;
  return kind === 'object' ? inner : objectIn(inner);
}

function comment(indent: string, text: string): string[] {
  // A description cannot end the comment, nor be taken for a tag.
  const safe = text.replaceAll('*/', '* /').replace(/(^|\n)\s*@/g, '$1\\@');
  return [`${indent}/**`, ...safe.split('\n').map((line) => `${indent}* ${line}`.trimEnd()), `${indent}*/`];
}

/** What is said of a member that is made for the attribute, or undefined if it is none of the attribute's. */
function aboutMember(member: string, key: string, { description = '', sensitive }: Attribute) {
  const name = camel(key);
  const secret = sensitive
    ? '\n\nThe generated code does not mark this value as sensitive: an output of it needs `sensitive: true`.'
    : '';
  switch (member) {
    case name:
      return description + secret;
    case `${name}Input`:
      return `The value set for \`${name}\`, or undefined.`;
    case `put${pascal(key)}`:
      return `Sets \`${name}\`. ${description}`;
    case `reset${pascal(key)}`:
      return `Unsets \`${name}\`.`;
    default:
      return undefined;
  }
}

/**
 * Puts the schema's descriptions on the types, getters and methods of a generated file: the generators put them on
 * the configuration's properties alone.
 *
 * @param source the file's text, with one resource, data source, ephemeral resource or provider
 */
export function describeMembers(source: string, schema: ProviderSchema): string {
  const [, root, base] =
    /^export class (\w+) extends \w+\.(Terraform(?:Resource|DataSource|EphemeralResource|Provider)) /m.exec(
      source,
    ) ?? [];
  const [, type] = /tfResourceType = "(\w+)"/.exec(source) ?? [];
  if (!root || !base || !type) return source;
  const of: Record<string, Schema | undefined> = {
    TerraformProvider: schema.provider,
    TerraformResource: schema.resource_schemas[type],
    TerraformDataSource: schema.data_source_schemas[type],
    TerraformEphemeralResource: schema.ephemeral_resource_schemas?.[type],
  };
  const block = of[base]?.block;
  if (!block) throw new Error(`The schema has no ${type}.`);
  const attributes = { ...block.attributes, ...addedByTerraform[base] };
  const types = new Map(typesOf(root, { attributes, description: block.description }));
  types.set(`${root}Config`, { attributes, description: `The arguments of ${root}.` });

  let within: Generated | undefined;
  let key = '';
  let before = '';
  const lines = source.split('\n').flatMap((line) => {
    const isDescribed = before === '*/';
    before = line;
    const [, opened] = /^export (?:class|interface) (\w+)/.exec(line) ?? [];
    if (opened) {
      within = types.get(opened);
      key = '';
      const { description = '' } = within ?? {};
      return isDescribed || !description ? [line] : [...comment('', description), line];
    }
    if (line.startsWith('  // ====')) key = '';
    key = /^ {2}\/\/ (\w+) - computed: /.exec(line)?.[1] ?? key;
    if (line.startsWith('* Represents a {@link ')) return [line, '*', `* ${block.description ?? ''}`];
    if (line.startsWith('  * @param index ')) return ['  * The item at an index.', line];
    const [, member = ''] = /^ {2}public (?:static readonly |get )?(\w+)(?:\(| =)/.exec(line) ?? [];
    const attribute = within?.attributes[key];
    const text = common.get(member) ?? (attribute && aboutMember(member, key, attribute));
    return text ? [...comment('  ', text), line] : [line];
  });
  return lines.join('\n');
}
