/** What a plugin says about itself, and how it recognizes a client. */
export interface PluginInfo {
  /** The name of the executable. */
  readonly name: string;
  readonly version: string;
  /** One sentence for whoever runs it by hand. */
  readonly about: string;
  /** The environment variable by which a client identifies itself as one. It is not a secret. */
  readonly cookie: { readonly name: string; readonly value: string };
  readonly protocolVersion: number;
}

/** What the executable was started for: to serve, to tell a client why it cannot, or only to print a message and exit. */
export type Invocation =
  | { readonly kind: 'plugin' }
  | { readonly kind: 'refusal'; readonly text: string }
  | { readonly kind: 'debug' }
  | { readonly kind: 'message'; readonly text: string; readonly exitCode: 0 | 1 };

/** Decides what the executable was started for, from its command line and environment. */
export function readInvocation(
  plugin: PluginInfo,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Invocation {
  if (args.includes('--version')) {
    return { kind: 'message', text: `${plugin.name} ${plugin.version}`, exitCode: 0 };
  }
  if (args.includes('--help')) {
    const usage = '--version prints the version, --debug runs it for a debugger.';
    return { kind: 'message', text: `${plugin.about}\n${usage}`, exitCode: 0 };
  }
  const startedByClient = env[plugin.cookie.name] === plugin.cookie.value;
  const unknown = args.find((arg) => arg !== '--debug');
  if (!startedByClient && unknown !== undefined) {
    return errorMessage(`${plugin.name}: unknown argument ${unknown}; use --debug, --help or --version`);
  }
  if (args.includes('--debug')) return { kind: 'debug' };
  if (!startedByClient) {
    return errorMessage(plugin.about);
  }
  return chooseVersion(plugin, env.PLUGIN_PROTOCOL_VERSIONS);
}

/** @param offered the client's versions, separated by commas, in any order; absent from very old clients */
function chooseVersion(plugin: PluginInfo, offered: string | undefined): Invocation {
  const versions = (offered ?? '').split(',').flatMap((text) => (text.trim() ? [Number(text)] : []));
  if (versions.length === 0 || versions.includes(plugin.protocolVersion)) return { kind: 'plugin' };
  const text =
    `${plugin.name} ${plugin.version} speaks protocol version ${plugin.protocolVersion}; ` +
    `the program that started it offers ${offered}. A newer one is needed.`;
  return { kind: 'refusal', text };
}

function errorMessage(text: string): Invocation {
  return { kind: 'message', text, exitCode: 1 };
}
