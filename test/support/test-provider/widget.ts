import {
  attributePath,
  type Config,
  type Context,
  failure,
  isUnknown,
  root,
  type Unknown,
} from '../../../provider/framework';
import { define, type TestClient } from './define';
import { attributes, type WidgetAttributes, type WidgetPlan, type WidgetState } from './widget-schema';

const type = 'widget';
const noteAt = attributePath(root, 'note');

/** A resource that uses everything of the framework but identity and state upgrade, which `bucket` does. */
export const widget = define.resource(type, {
  description: 'A widget.',
  attributes,

  validate: ({ name, slug }) =>
    name === slug && !isUnknown(name)
      ? [{ severity: 'warning', summary: 'The slug says nothing', detail: 'It is the name.' }]
      : [],

  async plan(context, { action, planned }) {
    if (action === 'delete') return void context.warn('Destruction', 'A widget is destroyed.');
    if (planned.note === 'refuse') throw failure('Refused', 'The note asks for it.', noteAt);
    const { name, replicas } = planned;
    return isUnknown(name) || isUnknown(replicas) ? {} : { summary: summaryOf(name, replicas) };
  },

  async create(context, plan, config) {
    const id = context.client.store().nextId();
    context.private.set('made', { by: id, updates: 0 });
    const state = completed(plan, { id, revision: 1, history: `made as ${id}` });
    return save(context, state, config);
  },

  async read({ client, private: stored }, state) {
    const found = client.store().get(state.id);
    if (!found) return null;
    if (stored.get('made') === undefined) throw failure('Forgotten', 'The private state is lost.');
    return found.state as WidgetState;
  },

  async update(context, plan, prior, config) {
    const { by, updates } = context.private.get('made') as { by: string; updates: number };
    context.private.set('made', { by, updates: updates + 1 });
    const history = `made as ${by}, updated ${updates + 1} times`;
    return save(context, completed(plan, { id: prior.id, revision: prior.revision + 1, history }), config);
  },

  async delete({ client }, { id }) {
    client.store().remove(id);
  },

  async import(context, target) {
    const found = 'id' in target ? context.client.store().get(target.id) : undefined;
    if (found?.type !== type) throw failure('No such widget', 'Look into the file.');
    const state = found.state as WidgetState;
    context.private.set('made', { by: state.id, updates: 0 });
    context.warn('Imported', 'The PIN was not imported.');
    return state;
  },
});

/** Keeps the widget as a service would that spells tags in capitals, and says what went wrong. */
function save(
  context: Context<TestClient>,
  state: WidgetState,
  config: Config<WidgetAttributes>,
): WidgetState {
  const { timer } = config;
  const hidden = { pin: config.pin, code: timer && !isUnknown(timer) ? timer.code : null };
  const saved = { ...state, tags: state.tags.map((tag) => tag.toUpperCase()) };
  context.client.store().put(state.id, { type, state: saved, hidden });
  if (state.note === 'warn') context.warn('Noted', 'The note asks for it.', noteAt);
  if (state.note === 'fail') context.error('Failed', 'It has to be replaced.', noteAt);
  return saved;
}

const summaryOf = (name: string, replicas: number) => `${name} x ${replicas}`;

type Settled = Pick<WidgetState, 'id' | 'revision' | 'history'>;

/** Fills in everything that is still unknown. */
function completed(plan: WidgetPlan, settled: Settled): WidgetState {
  const when = `revision ${settled.revision}`;
  const known = (value: string | Unknown) => (isUnknown(value) ? when : value);
  const orNull = (value: string | null | Unknown) => (isUnknown(value) ? null : value);
  return {
    ...plan,
    ...settled,
    slug: isUnknown(plan.slug) ? plan.name.toLowerCase() : plan.slug,
    summary: isUnknown(plan.summary) ? summaryOf(plan.name, plan.replicas) : plan.summary,
    timer: plan.timer && { ...plan.timer, started: known(plan.timer.started) },
    phases: plan.phases?.map((phase) => ({ ...phase, started: known(phase.started) })) ?? null,
    parts: plan.parts?.map((one) => ({ ...one, lot: known(one.lot) })) ?? null,
    secrets:
      plan.secrets &&
      Object.fromEntries(
        Object.entries(plan.secrets).map(([name, one]) => [name, { ...one, opened: orNull(one.opened) }]),
      ),
  };
}
