import { type Context, errorDiagnostic, Failure, type Log } from '../framework';
import { type ApiClients, apiClients } from './api/api-clients';
import { http, loadTransport } from './api/transport/http';
import { session } from './api/transport/session';
import { readCertificates } from './provider-block/certificates';
import type { Resolved } from './provider-block/settings';

/** A configured provider, as its resources see it. Nothing is sent until something is asked for. */
export interface Domo {
  readonly readOnly: boolean;
  /** Undefined if Terraform does not know them yet. */
  readonly additionalScopes: readonly string[] | undefined;
  /** Whether all settings are known, so that `label` and `clients` do not throw. */
  readonly canConnect: boolean;
  /** The ids of clients whose replacement is planned, which will release their names. */
  readonly replaced: Set<string>;
  /** What the state calls the instance. Throws as `clients` does. */
  label(): string;
  /** Throws a {@link Failure} that names the argument if a setting is unknown. */
  clients(): ApiClients;
  /** Keeps this value out of the log from now on. */
  hide(secret: string): void;
  /** True only the first time for each topic, for warnings that should appear once. */
  once(topic: string): boolean;
}

/** What the handlers of a resource are given. */
export type DomoContext = Context<Domo>;

/** Makes no request. Throws a {@link Failure} if the certificates cannot be read. */
export function connect(resolved: Resolved, log: Log, userAgent: string): Domo {
  const { settings, unknown, readOnly, additionalScopes } = resolved;
  const said = new Set<string>();
  const trusted = settings?.caCertificateFile ? readCertificates(settings.caCertificateFile) : [];
  let clients: ApiClients | undefined;
  // Terraform only configures a process that it is about to use, and takes a moment before it does.
  if (settings) setImmediate(() => void loadTransport());

  function known() {
    if (settings) return settings;
    throw new Failure(
      [
        errorDiagnostic(
          'The provider is not fully configured yet',
          `The provider's ${unknown.join(', ')} depends on something that Terraform only knows after an apply, so Domo cannot be asked now. Apply what it depends on first (terraform apply -target=…), or give the provider a value that is known.`,
        ),
      ],
      'PROVIDER_CONFIG_UNKNOWN',
    );
  }

  function open(): ApiClients {
    const { baseUrl, credentials, requestTimeout, maxRetries } = known();
    for (const secret of Object.values(credentials)) log.hide(secret);
    const transport = http({
      baseUrl,
      requestTimeout,
      maxRetries,
      trusted,
      userAgent,
      log: (message, fields) => log.debug(message, fields),
      onLimit: (message, fields) => log.info(message, fields),
    });
    return apiClients(session(transport, credentials, new URL(baseUrl).origin, (secret) => log.hide(secret)));
  }

  return {
    readOnly,
    additionalScopes,
    canConnect: settings !== undefined,
    replaced: new Set(),
    label: () => known().label,
    clients: () => {
      clients ??= open();
      return clients;
    },
    hide: (secret) => log.hide(secret),
    once(topic) {
      const first = !said.has(topic);
      said.add(topic);
      return first;
    },
  };
}
