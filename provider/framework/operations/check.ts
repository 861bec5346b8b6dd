import type { DataSource } from '../data-source';
import type { ProviderFunction } from '../function';
import type { Provider } from '../provider';
import type { Resource } from '../resource';
import { encode } from '../schema/codec';
import { requiresReplace } from '../schema/modifiers';
import { attributePath, formatPath, type Path, root } from '../schema/path';
import { type Attribute, type Attributes, isComputed } from '../schema/schema';

/** Names that Terraform reserves in every resource or provider block. */
const reserved = {
  resource: ['connection', 'count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner'],
  provider: ['alias', 'version'],
};

/**
 * Rejects a wrong definition with an ordinary Error that lists every mistake and where it is.
 * It sees what the compiler cannot: names, descriptions, defaults, and combinations that Terraform would reject later.
 */
export function checkProvider<Client>(provider: Provider<Client>): void {
  const { functions = [] } = provider;
  const mistakes = [
    ...checkAttributes(provider.attributes, root, reserved.provider).map((m) => `provider: ${m}`),
    ...Object.values(provider.attributes).flatMap((a) =>
      isComputed(a) ? ['provider: attributes cannot be computed'] : [],
    ),
    ...provider.resources.flatMap((r) => checkResource(r).map((m) => `${provider.name}_${r.name}: ${m}`)),
    ...provider.dataSources.flatMap((d) =>
      checkDataSource(d).map((m) => `data ${provider.name}_${d.name}: ${m}`),
    ),
    ...functions.flatMap((f) => checkFunction(f).map((m) => `function ${f.name}: ${m}`)),
    ...[provider.resources, provider.dataSources, functions].flatMap((all) =>
      repeated(all.map(({ name }) => name)).map((name) => `${name} is defined twice`),
    ),
  ];
  if (mistakes.length > 0)
    throw new Error(`The provider's definition is invalid:\n- ${mistakes.join('\n- ')}`);
}

function checkResource<Client>({ name, definition }: Resource<Client>): string[] {
  const { attributes, identity = {}, update, version = 0, upgrade = {}, description } = definition;
  const mistakes = checkAttributes(attributes, root, reserved.resource);
  if (!isName(name)) mistakes.push(`"${name}" is not a name`);
  if (description.trim() === '') mistakes.push('there is no description');
  for (const key of Object.keys(identity)) {
    if (attributes[key]?.type.cty !== 'string')
      mistakes.push(`the identity's "${key}" is not a string attribute`);
  }
  for (let from = 0; from < version; from++) {
    if (!upgrade[from]) mistakes.push(`there is no upgrade from version ${from}`);
  }
  if (
    !update &&
    Object.values(attributes).some((a) => a.presence !== 'computed' && !a.plan.includes(requiresReplace))
  ) {
    mistakes.push('an attribute can change without a replacement, but there is no update');
  }
  return mistakes;
}

function checkDataSource<Client>({ name, definition }: DataSource<Client>): string[] {
  const { attributes, description } = definition;
  const mistakes = checkAttributes(attributes, root, reserved.resource);
  if (!isName(name)) mistakes.push(`"${name}" is not a name`);
  if (description.trim() === '') mistakes.push('there is no description');
  const planned = Object.entries(attributes).filter(
    ([, { default: fallback, plan, writeOnly }]) => fallback !== undefined || plan.length > 0 || writeOnly,
  );
  return [
    ...mistakes,
    ...planned.map(
      ([name]) => `${name}: nothing is planned, so it cannot have a default, modifier or write-only value`,
    ),
  ];
}

function checkFunction({ name, definition }: ProviderFunction): string[] {
  const { summary, description, parameters, returns } = definition;
  const entries = Object.entries(parameters);
  const mistakes = checkAttributes(parameters, root, []);
  if (!isName(name)) mistakes.push(`"${name}" is not a name`);
  if (summary.trim() === '' || description.trim() === '') mistakes.push('there is no summary or description');
  // Terraform ends with a nil pointer.
  if (returns?.cty === undefined) mistakes.push('there is no return type');
  for (const [index, [parameter, { isVariadic, type }]] of entries.entries()) {
    if (isVariadic && index < entries.length - 1)
      mistakes.push(`${parameter}: only the last can be variadic`);
    if (type.nested && holds(type.nested.attributes, isNoArgument)) {
      mistakes.push(`${parameter}: a caller sets everything in an argument, and nothing of it is kept`);
    }
  }
  return mistakes;
}

/** What only a resource can have. A default alone makes an attribute computed, too. */
const isNoArgument = (attribute: Attribute) =>
  attribute.writeOnly ||
  attribute.plan.length > 0 ||
  (isComputed(attribute) && attribute.default === undefined);

function checkAttributes(attributes: Attributes, path: Path, reservedNames: readonly string[]): string[] {
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

/** Whether any attribute is such a one, at any depth. */
function holds(attributes: Attributes, isOne: (attribute: Attribute) => boolean): boolean {
  return Object.values(attributes).some(
    (attribute) =>
      isOne(attribute) || (attribute.type.nested && holds(attribute.type.nested.attributes, isOne)),
  );
}

const isName = (name: string) => /^[a-z][a-z0-9_]*$/.test(name);

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);
