import { isWhollyKnown, pathOf, same, sameObject } from '../schema/codec';
import { type Path, root } from '../schema/path';
import {
  type Attribute,
  type Attributes,
  isComputed,
  type NamedAttribute,
  namedAttributes,
  noPrivateState,
  type ObjectValue,
  type ReadonlyPrivateState,
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
  stored: ReadonlyPrivateState = noPrivateState,
): Plan {
  const replace: Path[] = [];
  const through = (planned: ObjectValue, { visit, concerns }: Pass) =>
    walk(attributes, { config, prior, planned }, root, visit, concerns);

  let planned = through(proposed, withDefault);
  planned = through(planned, withoutWriteOnly);
  planned = through(planned, keepEquivalent(stored));
  if (prior === null || !sameObject(attributes, planned, prior)) planned = through(planned, computedUnknown);
  planned = through(planned, modify(prior, replace));
  return { planned, replace };
}

/** A configuration with the defaults in place of its nulls. */
export function withDefaults(attributes: Attributes, config: ObjectValue): ObjectValue {
  const { visit, concerns } = withDefault;
  return walk(attributes, { config, prior: null, planned: config }, root, visit, concerns);
}

/** Keeps the earlier spelling of every value that means the same to the service. */
export function keepingEquivalents(
  attributes: Attributes,
  earlier: ObjectValue,
  later: ObjectValue,
  stored: ReadonlyPrivateState = noPrivateState,
): ObjectValue {
  const { visit, concerns } = keepEquivalent(stored);
  return walk(attributes, { config: null, prior: earlier, planned: later }, root, visit, concerns);
}

/** The values that may be stored. */
export function withoutWriteOnlyValues(attributes: Attributes, values: ObjectValue): ObjectValue {
  const { visit, concerns } = withoutWriteOnly;
  return walk(attributes, { config: null, prior: null, planned: values }, root, visit, concerns);
}

/** One attribute's values. `config` and `prior` are undefined if the object that holds it is missing there. */
export interface Values {
  readonly config: unknown;
  readonly prior: unknown;
  readonly planned: unknown;
}

/** Returns the new planned value. */
export type Visit = (attribute: Attribute, values: Values, path: Path) => unknown;

/** Whether a pass has anything to do with such an attribute. */
type Concerns = (attribute: Attribute) => boolean;

/** One step of the pipeline: all attributes that it concerns are visited, and no others. */
interface Pass {
  readonly concerns: Concerns;
  readonly visit: Visit;
}

const everything: Concerns = () => true;

/**
 * Visits the attributes, an object before its own. Keys that are not attributes are kept: the encoder rejects them. If
 * nothing changes, the result is the planned value itself.
 */
export function walk(
  attributes: Attributes,
  triple: Triple,
  path: Path,
  visit: Visit,
  concerns = everything,
): ObjectValue {
  let result: Record<string, unknown> | undefined;
  for (const each of concerned(attributes, concerns)) {
    const { name, attribute } = each;
    const at = pathOf(each, path);
    const config = triple.config?.[name];
    const prior = triple.prior?.[name];
    let planned = triple.planned[name];
    if (concerns(attribute)) planned = visit(attribute, { config, prior, planned }, at);
    const { nested } = attribute.type;
    if (nested) {
      const children = nested
        .children(config, prior, planned)
        .map((child) =>
          walk(nested.attributes, child, child.step ? [...at, child.step] : at, visit, concerns),
        );
      planned = nested.rebuild(planned, children);
    }
    if (planned === triple.planned[name]) continue;
    result ??= { ...triple.planned };
    result[name] = planned;
  }
  return result ?? triple.planned;
}

const chosen = new WeakMap<Concerns, WeakMap<Attributes, readonly NamedAttribute[]>>();

/** The attributes that a pass concerns, or some of whose own it concerns. They are looked for once in each schema. */
function concerned(attributes: Attributes, concerns: Concerns): readonly NamedAttribute[] {
  let bySchema = chosen.get(concerns);
  if (!bySchema) {
    bySchema = new WeakMap();
    chosen.set(concerns, bySchema);
  }
  let list = bySchema.get(attributes);
  if (!list) {
    list = namedAttributes(attributes).filter(
      ({ attribute }) =>
        concerns(attribute) ||
        (attribute.type.nested && concerned(attribute.type.nested.attributes, concerns).length > 0),
    );
    bySchema.set(attributes, list);
  }
  return list;
}

const withDefault: Pass = {
  concerns: (attribute) => attribute.default !== undefined,
  visit: ({ default: value }, { config, planned }) => (config === null ? value : planned),
};

const withoutWriteOnly: Pass = {
  concerns: ({ writeOnly }) => writeOnly,
  visit: () => null,
};

const hasEquivalents: Concerns = ({ equivalent }) => equivalent !== undefined;

const keepEquivalent = (stored: ReadonlyPrivateState): Pass => ({
  concerns: hasEquivalents,
  visit({ type, equivalent }, { prior, planned }) {
    if ((prior ?? null) === null || (planned ?? null) === null) return planned;
    if (!isWhollyKnown(type, prior) || !isWhollyKnown(type, planned)) return planned;
    return equivalent?.(prior as never, planned as never, stored) ? prior : planned;
  },
});

const computedUnknown: Pass = {
  concerns: (attribute) => isComputed(attribute) && attribute.default === undefined,
  visit: (_, { config, planned }) => ((config ?? null) === null ? unknown : planned),
};

const hasModifiers: Concerns = ({ plan }) => plan.length > 0;

const modify = (state: ObjectValue | null, replace: Path[]): Pass => ({
  concerns: hasModifiers,
  visit(attribute, { config, prior, planned }, path) {
    let value = planned;
    const exists = state !== null;
    for (const modifier of attribute.plan) {
      const result = modifier.modify({
        config: config ?? null,
        prior,
        planned: value,
        state,
        exists,
        // Few modifiers ask, and comparing takes a while.
        get changed() {
          return !same(attribute.type, prior, this.planned);
        },
      });
      if (result.planned !== undefined) value = result.planned;
      if (result.replace) replace.push(path);
    }
    return value;
  },
});
