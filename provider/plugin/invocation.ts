/** Who a plugin is: what it says to a person, and by what it knows a client. */
export interface PluginInfo {
  /** Of the executable. */
  readonly name: string;
  readonly version: string;
  /** One sentence for a person who runs it by hand. */
  readonly about: string;
  /** The environment variable by which a client says that it is one. It is no secret. */
  readonly cookie: { readonly name: string; readonly value: string };
  readonly protocolVersion: number;
}

/** What a start of the executable asks for: to serve, or only to say something and end. */
export type Invocation =
  | { readonly kind: 'plugin' }
  | { readonly kind: 'debug' }
  | { readonly kind: 'message'; readonly text: string; readonly exitCode: 0 | 1 };

/**
 * Decides from the command line and the environment what this start is for.
 */
export function readInvocation(
  plugin: PluginInfo,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Invocation {
  if (args.includes('--version')) {
    return { kind: 'message', text: `${plugin.name} ${plugin.version}`, exitCode: 0 };
  }
  if (args.includes('--help')) {
    const usage = '--version says which one it is, --debug serves for a person with a debugger.';
    return { kind: 'message', text: `${plugin.about}\n${usage}`, exitCode: 0 };
  }
  const startedByClient = env[plugin.cookie.name] === plugin.cookie.value;
  const unknown = args.find((arg) => arg !== '--debug');
  if (!startedByClient && unknown !== undefined) {
    return exitWith(`${plugin.name}: unknown argument ${unknown}; known are --debug, --help and --version`);
  }
  if (args.includes('--debug')) return { kind: 'debug' };
  if (!startedByClient) {
    return exitWith(plugin.about);
  }
  return chooseVersion(plugin, env.PLUGIN_PROTOCOL_VERSIONS);
}

/** @param offered the client's versions, separated by commas, in any order; a very old client names none */
function chooseVersion(plugin: PluginInfo, offered: string | undefined): Invocation {
  const versions = (offered ?? '').split(',').flatMap((text) => (text.trim() ? [Number(text)] : []));
  if (versions.length === 0 || versions.includes(plugin.protocolVersion)) return { kind: 'plugin' };
  return exitWith(
    `${plugin.name} ${plugin.version} speaks protocol version ${plugin.protocolVersion}; ` +
      `the program that started it offers ${offered}. A newer one is needed.`,
  );
}

function exitWith(text: string): Invocation {
  return { kind: 'message', text, exitCode: 1 };
}
