import {
  each,
  nonEmpty,
  optional,
  optionalComputed,
  type PlanView,
  required,
  requiresReplace,
  type State,
  t,
  useStateForUnknown,
  validator,
} from '../../framework';

const isCount = validator<number>('must be a whole number, 0 or more', (count) =>
  Number.isInteger(count) && count >= 0 ? undefined : `${count} is negative or not whole.`,
);

/** The attributes of `domo_api_clients_exclusive`. */
export const attributes = {
  names: required(t.set(t.string), {
    description:
      "The names that API clients of the instance may have. Must be known when planning, except when the resource is created. A refresh adds the names of all other clients that the caller can see to the state, so the plan shows each as a removal, and the apply revokes exactly those clients. Letter case matters; Domo's spelling of a name (`&amp;` for `&`, for example) does not. A name without a client is not a difference.",
    validate: [each(nonEmpty)],
  }),
  max_revocations: optional(t.number, {
    description:
      'How many clients one plan may revoke: if there are more, the plan fails and names them. Clients that a `domo_api_client` of the same plan destroys do not count. With `0` nothing is ever revoked.',
    default: 5,
    validate: [isCount],
  }),
  instance: optionalComputed(t.string, {
    description:
      "The instance: the provider's default, or one of its `instances`, by name or address. Without it, this is the name of the default, or the host and port of its `base_url` if it has no name. With another instance, the resource is replaced, and its first apply there revokes nothing.",
    validate: [nonEmpty],
    plan: [useStateForUnknown, requiresReplace],
  }),
};

export type Attributes = typeof attributes;
export type NamesPlan = PlanView<Attributes>;
export type NamesState = State<Attributes>;
