import type { Action } from '../action';
import type { DataSource } from '../data-source';
import type { EphemeralResource } from '../ephemeral-resource';
import type { ProviderFunction } from '../function';
import type { ListResource } from '../list-resource';
import type { Move } from '../move';
import type { Provider } from '../provider';
import type { Resource } from '../resource';
import { requiresReplace } from '../schema/modifiers';
import { root } from '../schema/path';
import { type Attribute, type Attributes, isComputed } from '../schema/schema';
import { checkAttributes, holds, isName, reserved } from './check-attributes';

/**
 * Rejects a wrong definition with an ordinary Error that lists every mistake and where it is.
 * It sees what the compiler cannot: names, descriptions, defaults, and combinations that Terraform would reject later.
 * A definition is the same in every process, so it is checked when it is built and tested, and not at each start.
 */
export function checkProvider<Client>(provider: Provider<Client>): void {
  const { listResources = [], ephemeralResources = [], actions = [], functions = [] } = provider;
  const mistakes = [
    ...checkAttributes(provider.attributes, root, reserved.provider).map((m) => `provider: ${m}`),
    ...Object.values(provider.attributes).flatMap((a) =>
      isComputed(a) ? ['provider: attributes cannot be computed'] : [],
    ),
    ...provider.resources.flatMap((r) => checkResource(r).map((m) => `${provider.name}_${r.name}: ${m}`)),
    ...provider.dataSources.flatMap((d) =>
      checkDataSource(d).map((m) => `data ${provider.name}_${d.name}: ${m}`),
    ),
    ...listResources.flatMap((l) =>
      checkListResource(provider, l).map((m) => `list ${provider.name}_${l.name}: ${m}`),
    ),
    ...ephemeralResources.flatMap((e) =>
      checkEphemeralResource(e).map((m) => `ephemeral ${provider.name}_${e.name}: ${m}`),
    ),
    ...actions.flatMap((a) => checkAction(a).map((m) => `action ${provider.name}_${a.name}: ${m}`)),
    ...functions.flatMap((f) => checkFunction(f).map((m) => `function ${f.name}: ${m}`)),
    ...[
      provider.resources,
      provider.dataSources,
      listResources,
      ephemeralResources,
      actions,
      functions,
    ].flatMap((all) => repeated(all.map(({ name }) => name)).map((name) => `${name} is defined twice`)),
  ];
  if (mistakes.length > 0)
    throw new Error(`The provider's definition is invalid:\n- ${mistakes.join('\n- ')}`);
}

function checkResource<Client>({ name, definition }: Resource<Client>): string[] {
  const {
    attributes,
    identity = {},
    update,
    version = 0,
    upgrade = {},
    description,
    moves = [],
  } = definition;
  const mistakes = [...checkAttributes(attributes, root, reserved.resource), ...moves.flatMap(checkMove)];
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

function checkEphemeralResource<Client>({ name, definition }: EphemeralResource<Client>): string[] {
  const { attributes, description } = definition;
  const mistakes = checkAttributes(attributes, root, reserved.resource);
  if (!isName(name)) mistakes.push(`"${name}" is not a name`);
  if (description.trim() === '') mistakes.push('there is no description');
  if (holds(attributes, (a) => a.default !== undefined || a.plan.length > 0 || a.writeOnly)) {
    mistakes.push('nothing is planned or kept, so there can be no default, modifier or write-only value');
  }
  return mistakes;
}

function checkAction<Client>({ name, definition }: Action<Client>): string[] {
  const { attributes, description } = definition;
  const mistakes = checkAttributes(attributes, root, reserved.resource);
  if (!isName(name)) mistakes.push(`"${name}" is not a name`);
  if (description.trim() === '') mistakes.push('there is no description');
  if (holds(attributes, (a) => isComputed(a) || a.plan.length > 0)) {
    mistakes.push('nothing is planned or returned, so there can be no default, modifier or computed value');
  }
  // Without one, `config` can be left out, and a diagnostic about the whole of it crashes Terraform 1.14 to 1.16.
  if (!Object.values(attributes).some(({ presence }) => presence === 'required')) {
    mistakes.push('no attribute is required');
  }
  return mistakes;
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

function checkListResource<Client>(
  { resources }: Provider<Client>,
  { resource, definition }: ListResource<Client>,
): string[] {
  const { attributes, description } = definition;
  const mistakes = checkAttributes(attributes, root, reserved.resource);
  if (description.trim() === '') mistakes.push('there is no description');
  if (!resources.includes(resource)) mistakes.push("its resource is not one of the provider's");
  if (!resource.definition.identity)
    mistakes.push('its resource has no identity, by which Terraform imports');
  const unusual = Object.entries(attributes).filter(
    ([, { default: fallback, plan, writeOnly, presence }]) =>
      fallback !== undefined || presence.endsWith('computed') || plan.length > 0 || writeOnly,
  );
  return [
    ...mistakes,
    ...unusual.map(
      ([name]) =>
        `${name}: nothing is planned or stored, so it can only be set: no default, modifier, computed or write-only value`,
    ),
  ];
}

function checkMove({ type, providers }: Move<Attributes, never>): string[] {
  const wrong = providers.filter((address) => !/^([^/\s]+\/){1,2}[^/\s]+$/.test(address));
  return [
    ...(isName(type) ? [] : [`the move from "${type}": that is not a type`]),
    ...(providers.length > 0 ? [] : [`the move from "${type}": it names no provider`]),
    ...wrong.map((address) => `the move from "${type}": "${address}" is not a provider's source address`),
  ];
}

const repeated = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);
