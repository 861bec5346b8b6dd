/** What handlers see and may return, checked by tsc alone: nothing here runs. */
import {
  type Change,
  type Config,
  type Context,
  computed,
  isUnknown,
  type Known,
  optional,
  optionalComputed,
  type PlanView,
  required,
  type State,
  t,
  type Unknown,
  unknown,
  writeOnly,
} from '../../provider/framework';
import { type client, exactly } from './things';

const d = { description: 'A description.' };
const attributes = {
  id: computed(t.string, d),
  secret: computed(t.string, { ...d, nullable: true }),
  name: required(t.string, d),
  slug: optionalComputed(t.string, d),
  note: optional(t.string, d),
  size: optional(t.number, { ...d, default: 1 }),
  pin: writeOnly(t.string, d),
  rules: required(t.list(t.nested({ port: required(t.number, d), seen: computed(t.string, d) })), d),
};
type A = typeof attributes;

exactly<PlanView<A>['id'], string | Unknown>(true);
exactly<PlanView<A>['secret'], string | null | Unknown>(true);
exactly<PlanView<A>['name'], string>(true);
exactly<PlanView<A>['note'], string | null>(true);
exactly<PlanView<A>['size'], number>(true);
exactly<PlanView<A>['slug'], string | Unknown>(true);
exactly<PlanView<A>['pin'], null>(true);
exactly<PlanView<A>['rules'][number]['seen'], string | Unknown>(true);
exactly<Config<A>['name'], string | Unknown>(true);
exactly<Config<A>['note'], string | Unknown | null>(true);
exactly<Config<A>['pin'], string | Unknown | null>(true);
exactly<Config<A>['id'], null>(true);
exactly<Known<A>['name'], string>(true);
exactly<Known<A>['note'], string | null>(true);
exactly<Known<A>['size'], number | null>(true);
exactly<Known<A>['slug'], string | null>(true);
exactly<Known<A>['pin'], string | null>(true);
exactly<Known<A>['id'], null>(true);
exactly<Known<A>['rules'][number]['port'], number>(true);
exactly<State<A>['id'], string>(true);
exactly<State<A>['secret'], string | null>(true);
exactly<State<A>['size'], number>(true);
exactly<State<A>['rules'][number]['seen'], string>(true);

export function usesThePlan(plan: PlanView<A>): void {
  // @ts-expect-error: a planned id is not known yet
  plan.id.toUpperCase();
  // @ts-expect-error: nor is one of a nested object
  plan.rules[0]?.seen.toUpperCase();
  // @ts-expect-error: it may be null
  plan.note.toUpperCase();
  // @ts-expect-error: the schema has no such attribute
  plan.nmae;
  // @ts-expect-error: plans are not changed in place
  plan.name = 'other';
  plan.name.toUpperCase();
  if (!isUnknown(plan.id)) plan.id.toUpperCase();
}

export function usesAChange(change: Change<A>): void {
  // @ts-expect-error: there is none at a creation
  change.prior.id;
  // @ts-expect-error: there is none at a destruction
  change.planned.name;
  if (change.action === 'update') change.prior.id.toUpperCase();
  // @ts-expect-error: while Terraform plans, anything can be unknown
  if (change.action === 'update') change.planned.name.toUpperCase();
}

const settled = { id: '1', secret: null, name: 'a', slug: 'a', note: null, size: 1, pin: null, rules: [] };
export const whole: State<A> = settled;
// @ts-expect-error: a key is missing
export const partial: State<A> = { id: '1', name: 'a' };
// @ts-expect-error: state holds nothing unknown
export const unsettled: State<A> = { ...settled, id: unknown };
// @ts-expect-error: null only if the schema allows it
export const empty: State<A> = { ...settled, id: null };
// @ts-expect-error: a write-only value is not kept
export const leaking: State<A> = { ...settled, pin: '1234' };
// @ts-expect-error: a key that the schema does not have
export const more: State<A> = { ...settled, colour: 'red' };
// @ts-expect-error: the plan's id may be unknown
export const passedOn = (plan: PlanView<A>): State<A> => ({ ...settled, ...plan });

export function usesTheContext(context: Context<typeof client>): void {
  context.client.find('1');
  // @ts-expect-error: the client cannot do that
  context.client.lose('1');
  // @ts-expect-error: JSON has no functions
  context.private.set('key', () => 1);
}
