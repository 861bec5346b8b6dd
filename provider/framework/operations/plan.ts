import { isWhollyKnown, mapRecord, same, sameObject } from '../schema/codec';
import { attributePath, type Path, root } from '../schema/path';
import {
  type Attribute,
  type Attributes,
  isComputed,
  nothingRemembered,
  type ObjectValue,
  type Remembered,
  type Triple,
} from '../schema/schema';
import { unknown } from '../schema/unknown';

/** What Terraform proposes for a resource: the configuration laid over the prior state (null while creating). */
export interface Proposal {
  readonly config: ObjectValue;
  readonly prior: ObjectValue | null;
  readonly proposed: ObjectValue;
}

export interface Plan {
  readonly planned: ObjectValue;
  /** The attributes whose change requires a replacement. */
  readonly replace: readonly Path[];
}

/**
 * Turns a proposal into a plan, in the order that Terraform's rules require:
 * a null in the configuration means the default; write-only values are never kept; a value that means the
 * same as before counts as unchanged; and only if a difference remains do computed values become unknown,
 * which modifiers may then undo.
 */
export function planResource(
  attributes: Attributes,
  { config, prior, proposed }: Proposal,
  remembered: Remembered = nothingRemembered,
): Plan {
  const replace: Path[] = [];
  const through = (planned: ObjectValue, visit: Visit) =>
    walk(attributes, { config, prior, planned }, root, visit);

  let planned = through(proposed, withDefault);
  planned = through(planned, withoutWriteOnly);
  planned = through(planned, keepEquivalent(remembered));
  if (prior === null || !sameObject(attributes, planned, prior)) planned = through(planned, computedUnknown);
  planned = through(planned, modify(prior, replace));
  return { planned, replace };
}

/** A configuration with the defaults in place of its nulls. */
export function withDefaults(attributes: Attributes, config: ObjectValue): ObjectValue {
  return walk(attributes, { config, prior: null, planned: config }, root, withDefault);
}

/** Keeps the earlier spelling of every value that means the same to the service. */
export function keepingEquivalents(
  attributes: Attributes,
  earlier: ObjectValue,
  later: ObjectValue,
  remembered: Remembered = nothingRemembered,
): ObjectValue {
  const triple = { config: null, prior: earlier, planned: later };
  return walk(attributes, triple, root, keepEquivalent(remembered));
}

/** The values that may be stored. */
export function withoutWriteOnlyValues(attributes: Attributes, values: ObjectValue): ObjectValue {
  return walk(attributes, { config: null, prior: null, planned: values }, root, withoutWriteOnly);
}

/** One attribute's values. `config` and `prior` are undefined if the object that holds it is missing there. */
export interface Values {
  readonly config: unknown;
  readonly prior: unknown;
  readonly planned: unknown;
}

/** Returns the new planned value. */
export type Visit = (attribute: Attribute, values: Values, path: Path) => unknown;

/** Visits every attribute, an object before its own. Keys that are not attributes are kept: the encoder rejects them. */
export function walk(attributes: Attributes, triple: Triple, path: Path, visit: Visit): ObjectValue {
  const visited = mapRecord(attributes, (attribute, name) => {
    const at = attributePath(path, name);
    const config = triple.config?.[name];
    const prior = triple.prior?.[name];
    const planned = visit(attribute, { config, prior, planned: triple.planned[name] }, at);
    const { nested } = attribute.type;
    if (!nested) return planned;
    const children = nested
      .children(config, prior, planned)
      .map((child) => walk(nested.attributes, child, child.step ? [...at, child.step] : at, visit));
    return nested.rebuild(planned, children);
  });
  return { ...triple.planned, ...visited };
}

const withDefault: Visit = ({ default: value }, { config, planned }) =>
  value !== undefined && config === null ? value : planned;

const withoutWriteOnly: Visit = ({ writeOnly }, { planned }) => (writeOnly ? null : planned);

const keepEquivalent =
  (remembered: Remembered): Visit =>
  ({ type, equivalent }, { prior, planned }) => {
    if (!equivalent || (prior ?? null) === null || (planned ?? null) === null) return planned;
    if (!isWhollyKnown(type, prior) || !isWhollyKnown(type, planned)) return planned;
    return equivalent(prior as never, planned as never, remembered) ? prior : planned;
  };

const computedUnknown: Visit = (attribute, { config, planned }) =>
  isComputed(attribute) && (config ?? null) === null && attribute.default === undefined ? unknown : planned;

const modify =
  (state: ObjectValue | null, replace: Path[]): Visit =>
  (attribute, { config, prior, planned }, path) => {
    let value = planned;
    const exists = state !== null;
    for (const modifier of attribute.plan) {
      const changed = !same(attribute.type, prior, value);
      const result = modifier.modify({
        config: config ?? null,
        prior,
        planned: value,
        state,
        exists,
        changed,
      });
      if (result.planned !== undefined) value = result.planned;
      if (result.replace) replace.push(path);
    }
    return value;
  };
