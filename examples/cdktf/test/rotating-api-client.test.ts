import { LocalBackend, TerraformStack, Testing } from 'cdktf';
// The types of the matchers.
import 'cdktf/lib/testing/adapters/jest';
import { dataDomoApiClients, provider } from 'cdktf-provider-domo';
import { RotatingApiClient, type RotatingApiClientConfig } from '../rotating-api-client';

/** Functions of providers need these; CDK Terrain assumes older ones. */
const context = { targetVersions: { terraform: '>=1.8.0', opentofu: '>=1.7.0' } };

/** A stack with one rotating client, and a clock that stands still unless `now` says otherwise. */
function stackWith(config: Partial<RotatingApiClientConfig> = {}): TerraformStack {
  const stack = new TerraformStack(Testing.app({ context }), 'stack');
  new provider.DomoProvider(stack, 'domo', { instance: 'acme' });
  const { names } = new dataDomoApiClients.DataDomoApiClients(stack, 'all');
  new RotatingApiClient(stack, 'nightly-export', {
    names,
    prefix: 'nightly-export ',
    description: 'Reads the sales datasets into the warehouse.',
    scopes: ['data'],
    first: '2026-01-01',
    every: '90d',
    overlap: '14d',
    now: '2026-04-01T05:00:00Z',
    ...config,
  });
  // In the folder of the test: by default it would be this one, with the state of the real stack.
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  return stack;
}

describe('a rotating client', () => {
  it('has a client for each generation, named for it', () => {
    const { resource } = JSON.parse(Testing.synth(stackWith(), true));
    const [{ name, for_each }] = Object.values<Record<string, string>>(resource.domo_api_client) as [
      Record<string, string>,
    ];
    expect(name).toMatch(/^nightly-export \$\{each\.value\}$/);
    expect(for_each).toMatch(/^\$\{toset\(local\.[\w-]+\.live\)\}$/);
  });

  it('asks the time of the plan, unless a test stops the clock', () => {
    const rotation = (config?: Partial<RotatingApiClientConfig>) =>
      JSON.stringify(JSON.parse(Testing.synth(stackWith(config), true)).locals);
    expect(rotation()).toContain('data.domo_api_clients.all.names, \\"2026-04-01T05:00:00Z\\")');
    expect(rotation({ now: undefined })).toContain('data.domo_api_clients.all.names, plantimestamp())');
  });

  it('hands its credentials on as a sensitive output', () => {
    const { output } = JSON.parse(Testing.synth(stackWith(), true));
    expect(output.nightly_export.sensitive).toBe(true);
    expect(Object.keys(output.nightly_export.value)).toEqual(['client_id', 'client_secret']);
  });

  it('can be planned, and one whose overlap is too long cannot', () => {
    expect(Testing.fullSynth(stackWith())).toPlanSuccessfully();
    expect(Testing.fullSynth(stackWith({ now: undefined, leaked: ['2026-01-01'] }))).toPlanSuccessfully();
    expect(Testing.fullSynth(stackWith({ overlap: '90d' }))).not.toPlanSuccessfully();
  }, 120_000);
});
