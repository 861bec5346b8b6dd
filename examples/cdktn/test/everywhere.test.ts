import { LocalBackend, Testing } from 'cdktn';
// The types of the matchers.
import 'cdktn/lib/testing/adapters/jest';
import { Everywhere, type EverywhereConfig } from '../everywhere';

// Instead of the types of Node.js, which nothing else here needs.
declare const process: { env: Record<string, string> };

const clients: EverywhereConfig['clients'] = [
  { name: 'nightly-export', description: 'Reads the sales datasets into the warehouse.', scopes: ['data'] },
];

function stackWith(others: EverywhereConfig['others'] = { 'acme-emea': {}, 'acme-jp': {} }): Everywhere {
  const stack = new Everywhere(Testing.app(), 'stack', { home: 'acme', others, clients });
  // In the folder of the test: by default it would be this one, with the state of the real stack.
  new LocalBackend(stack, { path: 'terraform.tfstate' });
  return stack;
}

const synthesized = () => JSON.parse(Testing.synth(stackWith(), true));

describe('the clients of several instances', () => {
  it('share one provider, whose entries may be empty', () => {
    expect(synthesized().provider.domo).toEqual([
      { instance: 'acme', instances: { 'acme-emea': {}, 'acme-jp': {} } },
    ]);
  });

  it('are the same on each', () => {
    const all = Object.values<Record<string, unknown>>(synthesized().resource.domo_api_client);
    expect(all.map(({ instance, name }) => [instance, name])).toEqual([
      ['acme', 'nightly-export'],
      ['acme-emea', 'nightly-export'],
      ['acme-jp', 'nightly-export'],
    ]);
  });

  it('hand their credentials on in one sensitive output, by instance', () => {
    const { nightly_export } = synthesized().output;
    expect(nightly_export.sensitive).toBe(true);
    expect(Object.keys(nightly_export.value)).toEqual(['acme', 'acme-emea', 'acme-jp']);
  });

  it('can be planned, and those of an instance without credentials cannot', () => {
    const entry = (name: string) => ({
      baseUrl: `${process.env.DOMO_BASE_URL}/${name}`,
      accessToken: 'fake-token',
    });
    const others = { 'acme-emea': entry('acme-emea'), 'acme-jp': entry('acme-jp') };
    expect(Testing.fullSynth(stackWith(others))).toPlanSuccessfully();
    expect(Testing.fullSynth(stackWith({ ...others, 'acme-jp': {} }))).not.toPlanSuccessfully();
  }, 120_000);
});
