import type { Attributes } from '../framework/attributes';
import { checkProvider } from '../framework/check';
import type { Provider } from '../framework/provider';
import type { Plugin } from '../plugin/serve';
import { ProviderService } from './generated/tfplugin6';
import { rpcs } from './server';

/** The registries under whose name an engine looks for a provider: Terraform's and OpenTofu's. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/** A provider as a plugin of Terraform, in version 6 of its protocol. Throws where the provider is defined wrongly. */
export function tfplugin6<C, A extends Attributes>(definition: Provider<C, A>): Plugin {
  const provider = definition as unknown as Provider<C>;
  checkProvider(provider);
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
    register: (server, { log }) => server.addService(ProviderService, rpcs(provider, log)),
  };
}

/** TF_LOG=JSON asks for everything, in JSON, which a plugin writes anyway. */
function logLevel(asked: string | undefined): string | undefined {
  return asked?.toUpperCase() === 'JSON' ? 'trace' : asked;
}
