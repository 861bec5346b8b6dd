import {
  attributePath,
  type Config,
  type Context,
  failure,
  isUnknown,
  root,
  type Unknown,
} from '../../../provider/framework';
import { attributes, type DishAttributes, type DishPlan, type DishState } from './dish-schema';
import { cook, type Kitchen } from './kit';

const type = 'dish';
const noteAt = attributePath(root, 'note');

/** A resource that uses everything of the framework but identity and state upgrade, which `jar` does. */
export const dish = cook.resource(type, {
  description: 'A dish.',
  attributes,

  validate: ({ name, slug }) =>
    name === slug && !isUnknown(name)
      ? [{ severity: 'warning', summary: 'The slug says nothing', detail: 'It is the name.' }]
      : [],

  async plan(context, { action, planned }) {
    if (action === 'delete') return void context.warn('It goes to waste', 'A dish is thrown away.');
    if (planned.note === 'poison') throw failure('Poison', 'Nobody may eat this.', noteAt);
    const { name, servings } = planned;
    return isUnknown(name) || isUnknown(servings) ? {} : { summary: summaryOf(name, servings) };
  },

  async create(context, plan, config) {
    const id = context.client.store().take();
    context.private.set('made', { by: id, updates: 0 });
    const state = served(plan, { id, revision: 1, history: `made as ${id}` });
    return serve(context, state, config);
  },

  async read({ client, private: stored }, state) {
    const found = client.store().get(state.id);
    if (!found) return null;
    if (stored.get('made') === undefined) throw failure('Forgotten', 'The private state is lost.');
    return found.state as DishState;
  },

  async update(context, plan, prior, config) {
    const { by, updates } = context.private.get('made') as { by: string; updates: number };
    context.private.set('made', { by, updates: updates + 1 });
    const history = `made as ${by}, updated ${updates + 1} times`;
    return serve(context, served(plan, { id: prior.id, revision: prior.revision + 1, history }), config);
  },

  async delete({ client }, { id }) {
    client.store().remove(id);
  },

  async import(context, target) {
    const found = 'id' in target ? context.client.store().get(target.id) : undefined;
    if (found?.type !== type) throw failure('No such dish', 'Look into the file.');
    const state = found.state as DishState;
    context.private.set('made', { by: state.id, updates: 0 });
    context.warn('Imported', 'The lid stays closed.');
    return state;
  },
});

/** Keeps the dish as a service would that spells tags in capitals, and says what went wrong. */
function serve(context: Context<Kitchen>, state: DishState, config: Config<DishAttributes>): DishState {
  const { timer } = config;
  const hidden = { pin: config.pin, code: timer && !isUnknown(timer) ? timer.code : null };
  const told = { ...state, tags: state.tags.map((tag) => tag.toUpperCase()) };
  context.client.store().put(state.id, { type, state: told, hidden });
  if (state.note === 'lukewarm') context.warn('Lukewarm', 'It could be hotter.', noteAt);
  if (state.note === 'burnt') context.error('Burnt', 'It can only be made again.', noteAt);
  return told;
}

const summaryOf = (name: string, servings: number) => `${name} for ${servings}`;

type Settled = Pick<DishState, 'id' | 'revision' | 'history'>;

/** Fills in everything that is still unknown. */
function served(plan: DishPlan, settled: Settled): DishState {
  const when = `revision ${settled.revision}`;
  const known = (value: string | Unknown) => (isUnknown(value) ? when : value);
  const orNull = (value: string | null | Unknown) => (isUnknown(value) ? null : value);
  return {
    ...plan,
    ...settled,
    slug: isUnknown(plan.slug) ? plan.name.toLowerCase() : plan.slug,
    summary: isUnknown(plan.summary) ? summaryOf(plan.name, plan.servings) : plan.summary,
    timer: plan.timer && { ...plan.timer, started: known(plan.timer.started) },
    courses: plan.courses?.map((course) => ({ ...course, served: known(course.served) })) ?? null,
    ingredients: plan.ingredients?.map((one) => ({ ...one, lot: known(one.lot) })) ?? null,
    sauces:
      plan.sauces &&
      Object.fromEntries(
        Object.entries(plan.sauces).map(([name, one]) => [name, { ...one, opened: orNull(one.opened) }]),
      ),
  };
}
