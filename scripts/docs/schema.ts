import { describe } from '../../provider/framework/schema/describe';
import type { Attribute, Attributes } from '../../provider/framework/schema/schema';

type Entry = readonly [name: string, attribute: Attribute];

const groups: readonly { heading: string; holds(attribute: Attribute): boolean }[] = [
  { heading: 'Required', holds: ({ presence }) => presence === 'required' },
  { heading: 'Optional', holds: ({ presence }) => presence.startsWith('optional') },
  { heading: 'Read-only', holds: ({ presence }) => presence === 'computed' },
];

const collections: Readonly<Record<string, string>> = { list: 'List', set: 'Set', map: 'Map' };
const nestings: Readonly<Record<string, string>> = {
  single: 'Object',
  list: 'List of objects',
  set: 'Set of objects',
  map: 'Map of objects',
};

/**
 * The schema as Markdown: attributes by who sets them, and a section for the inside of each nested one. `block` is
 * the block that they are written in, if they have one of their own.
 */
export function schemaSection(attributes: Attributes, block?: string): string {
  const place = block === undefined ? [] : [`These are written in the \`${block}\` block.`];
  return ['## Schema', ...place, ...grouped(attributes, '###', ''), ...insides(attributes, '')].join('\n\n');
}

function grouped(attributes: Attributes, level: string, prefix: string): string[] {
  const entries = Object.entries(attributes).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return groups.flatMap(({ heading, holds }) => {
    const lines = entries.filter(([, attribute]) => holds(attribute)).map((entry) => line(entry, prefix));
    return lines.length === 0 ? [] : [`${level} ${heading}`, lines.join('\n')];
  });
}

function line([name, attribute]: Entry, prefix: string): string {
  const notes = [
    typeName(attribute),
    ...(attribute.sensitive ? ['sensitive'] : []),
    ...(attribute.writeOnly ? ['write-only'] : []),
    ...(attribute.deprecated === undefined ? [] : ['deprecated']),
  ];
  const inside = attribute.type.nested ? ` See [below](#${anchor(prefix + name)}).` : '';
  return `- \`${name}\` (${notes.join(', ')}) ${describe(attribute)}${inside}`;
}

/** A section for the inside of each nested attribute. */
export function insides(attributes: Attributes, prefix: string): string[] {
  return Object.entries(attributes).flatMap(([name, { type }]) => {
    if (!type.nested) return [];
    const path = prefix + name;
    return [
      `<a id="${anchor(path)}"></a>\n### Inside \`${path}\``,
      ...grouped(type.nested.attributes, '####', `${path}.`),
      ...insides(type.nested.attributes, `${path}.`),
    ];
  });
}

export const anchor = (path: string) => `inside--${path.replaceAll('.', '--')}`;

/** The type as a reader of the Terraform Registry knows it: "Set of String". */
export function typeName({ type }: Pick<Attribute, 'type'>): string {
  return type.nested ? (nestings[type.nested.mode] ?? 'Object') : ctyName(type.cty);
}

function ctyName(cty: unknown): string {
  if (typeof cty === 'string') {
    return cty === 'bool' ? 'Boolean' : cty.charAt(0).toUpperCase() + cty.slice(1);
  }
  const [kind, inner] = cty as [string, unknown];
  return kind in collections ? `${collections[kind]} of ${ctyName(inner)}` : 'Object';
}
