import type { Provider, ProviderInfo } from '../framework/provider';
import type { Attributes } from '../framework/schema/schema';
import type { Plugin } from '../plugin/serve';

/** The hosts of the registries under which an engine looks for a provider: Terraform's and OpenTofu's. */
export const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/**
 * A provider as a Terraform plugin, in version 6 of the protocol.
 *
 * @param load loads its definition, while a client connects; rejects if that fails
 * @param loadSchema loads the answer to GetProviderSchema, in base64, if the build has prepared it
 */
export function tfplugin6<C, A extends Attributes>(
  provider: ProviderInfo,
  load: () => Promise<Provider<C, A>>,
  loadSchema: () => Promise<string | undefined> = async () => undefined,
): Plugin {
  const name = `terraform-provider-${provider.name}`;
  return {
    name,
    version: provider.version,
    about: `${name} ${provider.version} is a plugin that Terraform and OpenTofu start themselves, for configurations that require the provider ${provider.source}.`,
    cookie: {
      name: 'TF_PLUGIN_MAGIC_COOKIE',
      value: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
    },
    protocolVersion: 6,
    logLevel: logLevel(process.env.TF_LOG_PROVIDER || process.env.TF_LOG),
    attach({ pid, network, address }) {
      const target = {
        Protocol: 'grpc',
        ProtocolVersion: 6,
        Pid: pid,
        Test: true,
        Addr: { Network: network, String: address },
      };
      const value = JSON.stringify(
        Object.fromEntries(registries.map((host) => [`${host}/${provider.source}`, target])),
      );
      return `Set this in the shell that runs terraform or tofu, and stop this process with Ctrl-C when done:\n\nTF_REATTACH_PROVIDERS='${value}'`;
    },
    async register(server, { log }) {
      const { addProvider } = await import('./server');
      const loadRpcs = async () => {
        const { createRpcs } = await import('./rpcs');
        return createRpcs((await load()) as unknown as Provider<C>, log);
      };
      addProvider(server, loadRpcs, await loadSchema());
    },
  };
}

/** TF_LOG=JSON asks for everything, as JSON, which is what a plugin always writes. */
function logLevel(asked: string | undefined): string | undefined {
  return asked?.toUpperCase() === 'JSON' ? 'trace' : asked;
}
