import { encode } from '../schema/codec';
import { requiresReplace } from '../schema/modifiers';
import { attributePath, formatPath, type Path, root } from '../schema/path';
import type { Attribute, Attributes } from '../schema/schema';

/** Names that Terraform reserves in every resource or provider block. */
export const reserved = {
  resource: ['connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'],
  provider: ['alias', 'version'],
};

/** Every mistake in the attributes of one schema, as `path: mistake`. */
export function checkAttributes(
  attributes: Attributes,
  path: Path,
  reservedNames: readonly string[],
): string[] {
  return Object.entries(attributes).flatMap(([name, attribute]) => {
    const at = attributePath(path, name);
    const mistakes = checkAttribute(attribute).map((mistake) => `${formatPath(at)}: ${mistake}`);
    if (!isName(name)) mistakes.push(`${formatPath(at)}: names consist of lower-case letters, digits and _`);
    if (reservedNames.includes(name)) mistakes.push(`${formatPath(at)}: Terraform reserves this name`);
    const inner = attribute.type.nested;
    return inner ? [...mistakes, ...checkAttributes(inner.attributes, at, [])] : mistakes;
  });
}

function checkAttribute(attribute: Attribute): string[] {
  const mistakes: string[] = [];
  const { presence, type, validate, writeOnly } = attribute;
  if (attribute.description.trim() === '') mistakes.push('there is no description');
  if (presence === 'computed' && validate.length > 0)
    mistakes.push('users never set it, so there is nothing to validate');
  if (presence === 'computed' && attribute.plan.includes(requiresReplace)) {
    mistakes.push('a computed value cannot ask for a replacement');
  }
  if (writeOnly && attribute.plan.includes(requiresReplace)) {
    mistakes.push('a write-only value is never compared, so it cannot ask for a replacement');
  }
  if (attribute.default !== undefined) {
    try {
      encode(type, attribute.default, root, 'state');
    } catch {
      mistakes.push('the default does not fit the type');
    }
  }
  if (type.nested?.mode === 'set' && holds(type.nested.attributes, ({ writeOnly }) => writeOnly)) {
    mistakes.push('a set cannot hold write-only values');
  }
  return mistakes;
}

/** Whether the predicate holds for any attribute, nested ones included. */
export function holds(attributes: Attributes, predicate: (attribute: Attribute) => boolean): boolean {
  return Object.values(attributes).some(
    (attribute) =>
      predicate(attribute) || (attribute.type.nested && holds(attribute.type.nested.attributes, predicate)),
  );
}

export const isName = (name: string) => /^[a-z][a-z0-9_]*$/.test(name);
