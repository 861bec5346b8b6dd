import { LocalBackend, TerraformStack, Testing } from 'cdktf';
// The types of the matchers.
import 'cdktf/lib/testing/adapters/jest';
import { apiClient, provider } from 'cdktf-provider-domo';
import { DomoApiClients, type DomoApiClientsConfig } from '../domo-api-clients';
import { Governance } from '../stack';
import { teams } from '../teams';

const table: DomoApiClientsConfig = { stack: 'governance', environment: 'dev', teams };

/** The synthesized JSON of a stack with nothing but these clients. */
function synthesized(config: DomoApiClientsConfig): string {
  const stack = new TerraformStack(Testing.app(), 'stack');
  new provider.DomoProvider(stack, 'domo', { instance: 'acme', accessToken: 'fake-token' });
  new DomoApiClients(stack, 'clients', config);
  // True runs the validations, which a synthesis in tests skips by default.
  return Testing.synth(stack, true);
}

describe('the clients of the table', () => {
  it('have names with stack, environment and team, and the scopes they ask for', () => {
    const stack = synthesized(table);
    expect(stack).toHaveResourceWithProperties(apiClient.ApiClient, {
      name: 'governance-dev-sales-nightly-export',
      description: 'Reads the sales datasets into the warehouse.',
      scopes: ['data'],
    });
    expect(stack).toHaveResourceWithProperties(apiClient.ApiClient, {
      name: 'governance-dev-it-directory-sync',
      scopes: ['user', 'audit'],
    });
    expect(stack).not.toHaveResourceWithProperties(apiClient.ApiClient, {
      name: 'governance-prod-it-directory-sync',
    });
  });

  it('hand their secrets on as sensitive outputs, whose names do not change', () => {
    const { output } = JSON.parse(synthesized(table));
    expect(Object.keys(output)).toEqual(['it_directory_sync', 'sales_nightly_export']);
    for (const { sensitive, value } of Object.values<Record<string, unknown>>(output)) {
      expect(sensitive).toBe(true);
      expect(Object.keys(value as object)).toEqual(['client_id', 'client_secret']);
    }
  });

  it('are sealed if there is a key, and then hand no secret on in plain text', () => {
    const sealed = synthesized({ ...table, secretPublicKey: 'age1example' });
    expect(sealed).toHaveResourceWithProperties(apiClient.ApiClient, { secret_public_key: 'age1example' });
    expect(Object.keys(JSON.parse(sealed).output.it_directory_sync.value)).toEqual([
      'client_id',
      'encrypted_client_secret',
    ]);
    expect(sealed).not.toContain('.client_secret');
  });

  it('differ between dev and prod in their names alone', () => {
    const app = Testing.app();
    const of = (environment: string) =>
      JSON.parse(Testing.synth(new Governance(app, environment, { environment, instance: 'acme', teams })));
    const [dev, prod] = [of('dev'), of('prod')];
    expect(dev.resource).not.toEqual(prod.resource);
    const renamed = JSON.stringify(dev.resource).replaceAll('governance-dev-', 'governance-prod-');
    expect(JSON.parse(renamed)).toEqual(
      JSON.parse(JSON.stringify(prod.resource).replaceAll('"prod/', '"dev/')),
    );
  });
});

describe('a wrong table', () => {
  it('is refused with everything that is wrong in it', () => {
    const wrong = {
      stack: '',
      environment: 'dev',
      teams: {
        Sales: { may: ['dta'], clients: [] },
        it: {
          may: ['user'],
          clients: [
            { name: 'sync', description: 'Keeps users in step.', scopes: ['user', 'data', 'usr'] },
            { name: 'sync', description: ' ', scopes: [] },
            { name: '', description: 'Nobody knows.', scopes: ['user'] },
          ],
        },
      },
    };
    // What the compiler would reject can still come from a file.
    expect(() => synthesized(wrong as unknown as DomoApiClientsConfig)).toThrow(
      `The table of API clients is wrong:
- the stack and the environment need names
- the team "Sales" needs a name of lower-case letters, digits and hyphens
- the team Sales may have "dta", which is not a Domo scope
- it: "sync" asks for "usr", which is not a Domo scope
- it: "sync" asks for "data", which the team is not allowed
- it: "sync" is listed twice
- it: "sync" needs a description: what is it for?
- it: "sync" needs at least one scope
- it: "" needs a name of lower-case letters, digits and hyphens`,
    );
  });

  it('is one that the right table is not', () => {
    expect(() => synthesized(table)).not.toThrow();
  });
});

// These two ask the real terraform, which must find the provider: see the guide on testing stacks. Domo's answers come
// from start-domo.js.
describe('for terraform', () => {
  const stack = (scopes: string[]) => {
    const app = Testing.app();
    const made = new Governance(app, 'dev', { environment: 'dev', instance: 'acme', teams });
    new apiClient.ApiClient(made, 'one', { name: 'one', scopes });
    // In the folder of the test: by default it would be this one, with the state of the real stack.
    new LocalBackend(made, { path: 'terraform.tfstate' });
    return Testing.fullSynth(made);
  };

  it('the stack is valid, and one without scopes is not', () => {
    expect(stack(['data'])).toBeValidTerraform();
    expect(stack([])).not.toBeValidTerraform();
  }, 120_000);

  it('the stack can be planned, and one with an unknown scope cannot', () => {
    expect(stack(['data'])).toPlanSuccessfully();
    expect(stack(['dta'])).not.toPlanSuccessfully();
  }, 120_000);
});
