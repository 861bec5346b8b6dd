import { cleanupAll, engines, type JsonPlan } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { testProviderWorkspace } from '../support/test-provider/workspace';

const testProvider = testProviderMirror(buildTestProvider('compiled'));
afterAll(cleanupAll);

const address = 'test_widget.a';

/** The first change of a plan. */
function change(plan: JsonPlan) {
  const [first] = plan.resource_changes ?? [];
  if (!first) throw new Error('The plan changes nothing.');
  return first.change;
}

describe.each(engines())('$name drives', (engine) => {
  const open = (hcl: string) => testProviderWorkspace(engine, testProvider, hcl);
  const widget = (body: string) => `resource "test_widget" "a" {\n${body}\n}`;

  it('a creation with every default, and then an empty plan', async () => {
    const work = await open(widget('name = "Widget"'));
    const planned = change(await work.planJson());
    expect(planned.actions).toEqual(['create']);
    const defaults = {
      note: '',
      enabled: false,
      replicas: 2,
      price: 0.1,
      tags: ['plain'],
      steps: ['build'],
      labels: { made: 'here' },
      origin: { country: 'FR', year: 1900 },
    };
    expect(planned.after).toMatchObject({ ...defaults, summary: 'Widget x 2', timer: null });
    const unknown = { id: true, slug: true, revision: true, history: true };
    expect(planned.after_unknown).toMatchObject(unknown);
    expect(planned.after_unknown).not.toHaveProperty('summary');

    await work.apply();
    const state = (await work.state()).attributes(address);
    expect(state).toMatchObject({ ...defaults, id: '1', slug: 'widget', revision: 1, history: 'made as 1' });
    expect(await work.plan()).toBe('empty');
  });

  it('the life of a widget: update, replacement, drift, loss, destruction', async () => {
    const work = await open(widget('name = "Widget"\nsize = 90\ntimer = {}'));
    await work.apply();
    const made = (await work.state()).attributes(address);
    expect(made.timer).toMatchObject({ minutes: 10, started: 'revision 1' });

    work.configure(widget('name = "Widget"\nsize = 95\ntimer = { minutes = 3 }'));
    const update = change(await work.planJson());
    expect(update.actions).toEqual(['update']);
    expect(update.after).toMatchObject({ id: '1', slug: 'widget', timer: { started: 'revision 1' } });
    expect(update.after_unknown).toMatchObject({ revision: true, history: true });
    await work.apply();
    // The second number is the private state's, which a refresh and an update have passed on.
    expect((await work.state()).attributes(address)).toMatchObject({
      revision: 2,
      history: 'made as 1, updated 1 times',
      timer: { minutes: 3, started: 'revision 1' },
    });
    expect(await work.plan()).toBe('empty');

    work.configure(widget('name = "Widget"\nsize = 20\ntimer = { minutes = 3 }'));
    const shrunk = change(await work.planJson());
    expect(shrunk).toMatchObject({ actions: ['delete', 'create'], replace_paths: [['size']] });
    expect(shrunk.after_unknown).toMatchObject({ id: true, timer: { started: true } });
    expect((await work.apply()).text).toContain('1 added, 0 changed, 1 destroyed');
    expect(Object.keys(work.stored().objects)).toEqual(['2']);

    work.drift('2', { replicas: 7 });
    const drifted = await work.planJson();
    expect(drifted.resource_drift?.[0]?.change.after).toMatchObject({ replicas: 7 });
    expect(change(drifted)).toMatchObject({ actions: ['update'], after: { replicas: 2 } });
    await work.apply();
    expect(work.stored().objects['2']).toMatchObject({ state: { replicas: 2, revision: 2 } });

    work.changeStore(({ next }) => ({ next, objects: {} }));
    expect(change(await work.planJson()).actions).toEqual(['create']);
    await work.apply();
    expect(await work.plan()).toBe('empty');
    await work.destroy();
    expect(work.stored().objects).toEqual({});
    expect((await work.state()).resources).toEqual([]);
  });

  it('an import by id, and then an empty plan', async () => {
    const work = await open(widget('name = "Widget"\nsecrets = { main = { vault = "a" } }'));
    await work.apply();
    const before = (await work.state()).attributes(address);
    await work.run('state', 'rm', address);
    const { text } = await work.run('import', '-no-color', address, '1');
    expect(text).toContain('The PIN was not imported.');
    // Nothing earlier says how the tags were spelt.
    expect((await work.state()).attributes(address)).toEqual({ ...before, tags: ['PLAIN'] });
    expect(await work.plan()).toBe('empty');
    expect((await work.run('import', '-no-color', 'test_widget.other', '9')).text).toContain(
      'test_widget.other',
    );
    // Its private state came with the import.
    work.configure(widget('name = "Widget"\nreplicas = 3\nsecrets = { main = { vault = "a" } }'));
    await work.apply();
    expect((await work.state()).attributes(address)).toMatchObject({ history: 'made as 1, updated 1 times' });
  });

  it('values that mean the same, without drift', async () => {
    const work = await open(widget('name = "Widget"\ntags = ["Big", "red"]'));
    await work.apply();
    expect((await work.state()).attributes(address).tags).toEqual(['Big', 'red']);
    expect(work.stored().objects['1']).toMatchObject({ state: { tags: ['BIG', 'RED'] } });
    work.configure(widget('name = "Widget"\ntags = ["RED", "big", "red"]'));
    expect(await work.plan()).toBe('changes');
    work.configure(widget('name = "Widget"\ntags = ["RED", "big"]'));
    expect(await work.plan()).toBe('empty');
    work.configure(widget('name = "Widget"\ntags = ["green"]'));
    await work.apply();
    expect((await work.state()).attributes(address).tags).toEqual(['green']);
  });

  it('values that are unknown while it plans, in every kind of attribute', async () => {
    const work = await open(`resource "terraform_data" "later" {
      input = { word = "w", number = 3, truth = true, words = ["a", "b"], exact = 9007199254740993 }
    }
    locals {
      later = terraform_data.later.output
    }
    ${widget(`
      name     = local.later.word
      note     = "\${local.later.word}!"
      enabled  = local.later.truth
      replicas = local.later.number
      price    = local.later.exact
      tags     = [local.later.word, "\${local.later.word}2", "known"]
      steps    = local.later.words
      labels   = { a = local.later.word, b = "known" }
      origin   = { country = local.later.word, year = local.later.number }
      amounts  = [local.later.exact, 1]
      stock    = { x = [{ place = local.later.word, count = local.later.exact }, { place = "b", count = 1 }] }
      slug     = local.later.word
      size     = local.later.number
      timer    = { minutes = local.later.number }
      phases   = [for word in local.later.words : { title = word }]
      parts    = [{ name = local.later.word }, { name = "\${local.later.word}2" }, { name = "nut" }]
      secrets  = { for word in ["x", "y"] : word => { vault = local.later.word } }`)}`);
    const planned = (await work.planJson()).resource_changes?.find(
      (each) => each.address === address,
    )?.change;
    expect(planned?.after_unknown).toMatchObject({ name: true, summary: true, phases: true, steps: true });
    expect(planned?.after).toMatchObject({ labels: { b: 'known' } });
    await work.apply();
    const state = (await work.state()).attributes(address);
    expect(state).toMatchObject({
      name: 'w',
      summary: 'w x 3',
      steps: ['a', 'b'],
      timer: { minutes: 3, started: 'revision 1' },
      phases: [{ title: 'a', started: 'revision 1' }, { title: 'b' }],
      secrets: { x: { enabled: true, vault: 'w', opened: null } },
    });
    expect(state.parts).toHaveLength(3);
    expect(await work.plan()).toBe('empty');
  });
});
