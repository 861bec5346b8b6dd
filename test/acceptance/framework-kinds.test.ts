import { skipped } from '../support/skipped';
import { cleanupAll, type Engine, engines, isAtLeast } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { type TestProviderWorkspace, testProviderWorkspace } from '../support/test-provider/workspace';

const testProvider = testProviderMirror(buildTestProvider('compiled'));
afterAll(cleanupAll);

const has = {
  functions: (engine: Engine) => isAtLeast(engine, 'terraform', 1, 8) || isAtLeast(engine, 'tofu', 1, 7),
  'write-only values': (engine: Engine) =>
    isAtLeast(engine, 'terraform', 1, 11) || isAtLeast(engine, 'tofu', 1, 11),
  actions: (engine: Engine) => isAtLeast(engine, 'terraform', 1, 14),
};

/** What the store has of this type. */
const all = (work: TestProviderWorkspace, type: string) =>
  Object.values(work.stored().objects).filter((object) => object.type === type);

describe.each(engines())('$name', (engine) => {
  const open = (hcl: string) => testProviderWorkspace(engine, testProvider, hcl);

  /** Only engines that have the kind run the test; the others say that they do not. */
  function given(kind: keyof typeof has, title: string, test: () => Promise<void>): void {
    if (has[kind](engine)) it.concurrent(title, test);
    else it(`has no ${kind}`, () => skipped(`${title} with ${engine.name}`, `it has no ${kind}`));
  }

  given('functions', 'calls functions, with objects whose attributes are left out', async () => {
    const work = await open(`
      locals {
        thing = { name = "nut", colour = "red", more = 1 }
      }
      resource "terraform_data" "later" {
        input = "later"
      }
      output "it" {
        value = {
          none    = provider::test::join_words("-")
          joined  = provider::test::join_words("-", "a", "b")
          plain   = provider::test::label_of({ name = "nut" }).label
          red     = provider::test::label_of(local.thing).label
          weights = provider::test::label_of({ name = "nut", count = null, parts = [{}, { grams = 2.5 }] }).weights
          null    = provider::test::first_of(null, "b")
          later   = provider::test::first_of(terraform_data.later.output, "b")
          never   = provider::test::join_words("-", terraform_data.later.output)
        }
      }
      output "secret" {
        value     = provider::test::join_words("-", sensitive("a"))
        sensitive = true
      }`);
    await work.apply();
    expect(await work.output('it')).toEqual({
      ...{ none: '', joined: 'a-b', plain: '1 plain nut', red: '1 red nut', weights: [1, 2.5] },
      ...{ null: 'b', later: 'later', never: 'later' },
    });
    work.configure(`output "it" {\n  value = provider::test::join_words("-", sensitive("a"))\n}`);
    expect((await work.run('plan', '-no-color')).text).toContain('sensitive');

    work.configure('output "it" {\n  value = provider::test::join_words("-", "a", "b-c")\n}');
    const { code, text } = await work.run('plan', '-no-color');
    expect([code, text]).toEqual([1, expect.stringContaining('A word has the separator in it.')]);
    // The mark below the argument that the error is about.
    expect(text).toMatch(/on main.tf line 2.*"words"/s);
    work.configure('output "it" {\n  value = provider::test::first_of("a", null)\n}');
    expect((await work.run('validate', '-no-color')).text).toMatch(/argument must not be null/);
  });

  given(
    'write-only values',
    'opens and closes an ephemeral resource, whose values reach no state',
    async () => {
      const work = await open(`
      ephemeral "test_lease" "a" {
        name = "a"
      }
      resource "test_widget" "a" {
        name  = "Widget"
        timer = { code = ephemeral.test_lease.a.token }
      }`);
      await work.apply();
      const leases = all(work, 'lease');
      expect(leases.length).toBeGreaterThan(1);
      expect(leases.every(({ state }) => (state as { closed: boolean }).closed)).toBe(true);
      expect(all(work, 'widget')).toMatchObject([
        { hidden: { code: expect.stringMatching(/^fake-token-\d+$/) }, state: { timer: { code: null } } },
      ]);
      expect(work.read('terraform.tfstate')).not.toContain('fake-token');
      expect(await work.plan()).toBe('empty');

      const [lease, wrong] = [
        'ephemeral "test_lease" "a" {\n  name = "a"\n',
        (how: string) => `  wrong = "${how}"\n}`,
      ];
      const count = all(work, 'lease').length;
      work.configure(lease + wrong('result'));
      expect((await work.run('plan', '-no-color')).text).toContain('is not what is configured');
      expect(all(work, 'lease').slice(count)).toMatchObject([{ state: { closed: true } }]);
      work.configure(lease + wrong('open'));
      expect((await work.run('plan', '-no-color')).text).toContain('Not opened');
      work.configure('ephemeral "test_lease" "a" {\n  name = " "\n}');
      expect((await work.run('validate', '-no-color')).text).toContain('Invalid name');
    },
  );

  given('actions', 'runs an action after a creation, and by hand', async () => {
    const action = (name: string, body: string) => `action "test_notify" "${name}" {\n${body}\n}\n`;
    const config = (more = '') => `config {\n message = "hello"\n ${more}\n}`;
    const lease = 'ephemeral "test_lease" "a" {\n  name = "a"\n}\n';
    const trigger = (name: string) => `resource "test_bucket" "a" {
      region = "eu"
      name   = "${name}"
      lifecycle {
        action_trigger {
          events  = [after_create]
          actions = [action.test_notify.${name}]
        }
      }
    }\n`;
    const good = lease + action('a', config('code = ephemeral.test_lease.a.token'));
    const work = await open(good + trigger('a'));
    expect((await work.apply()).text).toMatch(/Sending "hello" \.\.\..*Sent as \d+\./s);
    expect(all(work, 'notice')).toMatchObject([{ hidden: expect.stringMatching(/^fake-token-\d+$/) }]);

    const { text } = await work.apply('-invoke=action.test_notify.a');
    expect(text).toContain('1 invoked');
    // 1.16 takes the configuration from the plan, in which nothing is that is write-only.
    const isPassed = !isAtLeast(engine, 'terraform', 1, 16);
    expect(text.includes('The notice has no code.')).toBe(!isPassed);
    expect(all(work, 'notice')[1]).toMatchObject({ hidden: isPassed ? expect.any(String) : null });

    work.configure(action('b', config('wrong = "fail"')) + trigger('b'));
    const failed = await work.run('apply', '-auto-approve', '-no-color', '-input=false');
    expect([failed.code, failed.text]).toEqual([1, expect.stringContaining('Not sent')]);
    // The creation is kept, and the action is not tried again.
    expect(await work.plan()).toBe('empty');

    work.configure(action('c', ''));
    expect((await work.run('validate', '-no-color')).text).not.toContain('Success');
  });
});
