import type { Engine } from '../../scripts/demo/engine';
import type { Sandbox } from '../../scripts/demo/sandbox';
import { startSandbox } from '../../scripts/demo/sandbox';
import { walk } from '../../scripts/demo/steps';

/** An engine that can only create the demo's client, which it does at once. */
function quickEngine({ url, user }: Sandbox): Engine {
  let values: Record<string, unknown> = {};
  return {
    title: 'An engine of the tests',
    version: '0.0.0',
    write: () => {},
    async run([command]) {
      if (command === 'apply') {
        const response = await fetch(`${url}/api/identity/v1/developer-tokens`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'X-DOMO-Developer-Token': user('creator').token },
          body: JSON.stringify({ name: 'nightly-export', description: '', scopes: ['data'] }),
        });
        const { id, clientId, clientSecret } = (await response.json()) as Record<string, unknown>;
        values = {
          id: String(id),
          masked_client_id: 'masked',
          client_id: clientId,
          client_secret: clientSecret,
        };
      }
      return {
        code: 0,
        stdout: 'Apply complete! Resources: 1 added, 0 changed, 0 destroyed.\nNo changes.',
        stderr: '',
      };
    },
    json: async () => ({
      values: { root_module: { resources: [{ address: 'domo_api_client.nightly_export', values }] } },
    }),
  };
}

/** Goes the demo's way with {@link quickEngine}, on a sandbox with a fault; what it says, with why it stops. */
export async function quickWalk(fault: Record<string, unknown>): Promise<string> {
  const { signal } = new AbortController();
  const sandbox = await startSandbox(signal);
  let said = '';
  const say = (line: string) => {
    said += `${line} `;
  };
  try {
    await fetch(`${sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(fault),
    });
    await walk({ engine: quickEngine(sandbox), sandbox, signal, say });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  } finally {
    await sandbox.close();
  }
  return said;
}
