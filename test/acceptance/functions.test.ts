import { engines } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { setUp, tearDown } from './setup';

afterAll(tearDown);

const clientId = '0f1e2d3c-aaaa-bbbb-cccc-0123456789ab';

// In OpenTofu it is the configured provider that is asked; here it is configured with nothing.
describe.each(engines())('functions with $name', (engine) => {
  it('keep marks, and validate a variable, without any credentials', async () => {
    const configuration = `
variable "scopes" {
  type    = set(string)
  default = ["data", "USER"]
  validation {
    condition     = length(provider::domo::unknown_scopes(var.scopes, "magic")) == 0
    error_message = join(" ", provider::domo::unknown_scopes(var.scopes, "magic"))
  }
}
variable "id" {
  default   = "${clientId}"
  sensitive = true
}
output "canonical" { value = provider::domo::canonical_scopes(var.scopes) }
output "masked" { value = nonsensitive(provider::domo::mask_client_id(var.id)) }
output "header" {
  value     = provider::domo::basic_auth(var.id, "fake")
  sensitive = true
}
`;
    const { work, plan } = await setUp(configuration, { engine, env: () => ({}) });
    await work.apply();
    expect(await work.output('canonical')).toEqual(['data', 'user']);
    expect(await work.output('masked')).toBe('0f1e2d3c…');
    expect(await work.output('header')).toBe(`Basic ${Buffer.from(`${clientId}:fake`).toString('base64')}`);
    const refused = await plan('-var=scopes=["dat","magic"]');
    expect([refused.code, refused.text]).toEqual([1, expect.stringContaining('Did you mean "data"?')]);
    work.write('main.tf', configuration.replace('nonsensitive(', '('));
    const marked = await plan();
    expect([marked.code, marked.text]).toEqual([
      1,
      expect.stringContaining('Output refers to sensitive values'),
    ]);
  });

  it('are called by the thousand', async () => {
    // A range has no more than 1,024 elements.
    const thousands = isThorough ? 10 : 1;
    const calls = thousands * 1_000;
    const { work } = await setUp(
      `output "count" {
 value = length(flatten([for i in range(${thousands}) : [for j in range(1000) : provider::domo::mask_client_id("\${i}-\${j}-0123456789")]]))
}
`,
      { engine, env: () => ({}) },
    );
    const started = performance.now();
    await work.apply();
    process.stderr.write(
      `${calls} calls with ${engine.name}: ${Math.round(performance.now() - started)} ms\n`,
    );
    expect(await work.output('count')).toBe(calls);
  });
});
