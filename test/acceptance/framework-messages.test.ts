import { cleanupAll, engines } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { testProviderWorkspace } from '../support/test-provider/workspace';

const testProvider = testProviderMirror(buildTestProvider('compiled'));
afterAll(cleanupAll);

const address = 'test_widget.a';
const widget = (body: string) => `resource "test_widget" "a" {\n${body}\n}`;

type Validation = {
  diagnostics: { severity: string; summary: string; detail: string; snippet?: { code: string } }[];
};

describe.each(engines())('$name shows', (engine) => {
  const open = (hcl: string) => testProviderWorkspace(engine, testProvider, hcl);

  it('what is invalid, at its place and without any secret', async () => {
    const work = await open(
      widget(`name = " "
        replicas = -1
        tags = []
        pin = "fake-pin"
        timer = {
          minutes = 0
          secret = "fake-secret"
          started = "now"
        }
        phases = [
          { title = "fine" },
          { title = "" },
        ]
        parts = [{ name = "" }]
        secrets = { main = { vault = null } }`),
    );
    const found = JSON.parse((await work.run('validate', '-json')).stdout) as Validation;
    const places = new Map(found.diagnostics.map(({ summary, snippet }) => [summary, snippet?.code.trim()]));
    const whole = {
      'Invalid name': 'name = " "',
      'Invalid pin': 'pin = "fake-pin"',
      'Invalid replicas': 'replicas = -1',
      'Invalid tags': 'tags = []',
      'Invalid parts[element].name': 'parts = [{ name = "" }]',
    };
    const inside = {
      'Invalid phases[1].title': '{ title = "" },',
      'Invalid timer.secret': 'secret = "fake-secret"',
      'Invalid timer.minutes': 'minutes = 0',
      'Read-only timer.started': 'started = "now"',
      'Missing secrets["main"].vault': 'secrets = { main = { vault = null } }',
    };
    expect([...places.keys()].sort()).toEqual(Object.keys({ ...whole, ...inside }).sort());
    expect(Object.fromEntries(places)).toMatchObject(whole);
    // Older engines point to the whole block where the place is inside an attribute: the summary names it.
    const block = 'resource "test_widget" "a" {';
    for (const [summary, code] of Object.entries(inside))
      expect([code, block]).toContain(places.get(summary));
    expect(JSON.stringify(found.diagnostics.map(({ detail }) => detail))).not.toMatch(/fake-/);
  });

  it('a broken rule with the value, if that is no secret', async () => {
    const work = await open(widget('name = "Widget"\nreplicas = -1\ntags = ["fine", ""]'));
    const { text, code } = await work.run('validate', '-no-color');
    expect(code).toBe(1);
    expect(text).toContain('The value of "replicas" must be above zero. -1 is not.');
    expect(text).toContain('Each element of "tags" must be non-empty.');
    expect(text).toMatch(/with test_widget\.a, on main\.tf line 3/);
  });

  it('a warning of the plan hook, its refusal, and errors at an attribute', async () => {
    const work = await open(widget('name = "Widget"\nnote = "warn"'));
    const applied = await work.apply();
    expect(applied.text).toMatch(/Warning: Noted .* note = "warn" The note asks for it\./);
    work.configure(widget('name = "Widget"\nnote = "refuse"'));
    const refused = await work.run('plan', '-no-color');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.text).toMatch(/Error: Refused .* note = "refuse" The note asks for it\./);
    work.configure(widget('name = "Widget"'));
    const gone = await work.run('plan', '-destroy', '-no-color');
    expect(gone.text).toContain('A widget is destroyed.');
  });

  it('an error beside a state, which taints what was created', async () => {
    const work = await open(widget('name = "Widget"\nnote = "fail"'));
    const failed = await work.run('apply', '-auto-approve', '-no-color');
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.text).toContain('Error: Failed');
    expect((await work.state()).resource(address)).toMatchObject({ tainted: true, values: { id: '1' } });
    work.configure(widget('name = "Widget"'));
    const planned = (await work.planJson()).resource_changes?.[0];
    expect(planned).toMatchObject({ action_reason: 'replace_because_tainted' });
    await work.apply();
    expect(Object.keys(work.stored().objects)).toEqual(['2']);
  });

  it('a provider whose settings are unknown: creations plan, and a read fails', async () => {
    const work = await open(widget('name = "Widget"'));
    const known = work.read('provider.tf');
    const folder = /folder = (".*")/.exec(known)?.[1] ?? '';
    const later = `\nresource "terraform_data" "later" {\n input = ${folder}\n}\n`;
    work.write('provider.tf', known.replace(/folder = ".*"/, 'folder = terraform_data.later.output') + later);
    expect(await work.plan()).toBe('changes');
    await work.apply();
    expect(await work.plan()).toBe('empty');
    const planned = await work.run('plan', '-no-color', '-replace=terraform_data.later');
    expect(planned).toMatchObject({ code: 1 });
    expect(planned.text).toContain('"folder" is known after an apply.');
  });

  it('a provider that refuses its settings', async () => {
    const work = await open(widget('name = "Widget"'));
    const known = work.read('provider.tf');
    work.write('provider.tf', known.replace(/folder = ".*"/, 'contact = {}'));
    expect((await work.run('validate', '-no-color')).text).toContain('Warning: No e-mail address');
    expect((await work.run('plan', '-no-color')).text).toMatch(/Error: No folder .* Set "folder"\./);
    work.write('provider.tf', known.replace(/folder = ".*"/, 'key = ""'));
    const { text } = await work.run('validate', '-no-color');
    expect(text).toContain('The value of "key" must be non-empty.');
  });
});
