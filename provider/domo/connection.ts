import { type Context, Failure, failure, isUnknown, type Log } from '../framework';
import { createTokenList, type TokenList } from './api/access-token-list';
import { type ApiClients, apiClients } from './api/api-clients';
import { type OwnSignIn, ownSignIn } from './api/own-sign-in';
import { type AccessTokens, accessTokens } from './api/token-endpoint';
import { type Http, http } from './api/transport/http';
import { session } from './api/transport/session';
import { createUsers, type Users } from './api/users';
import { notConfiguredYet } from './not-configured';
import { type PlannedClients, plannedClients } from './planned-clients';
import type { NameArgument } from './provider-block/schema';
import { domoApi, type Resolved, type Settings } from './provider-block/settings';

/** One instance, as everything that is on it sees it. Nothing is sent until something is asked for. */
export interface Domo {
  readonly readOnly: boolean;
  /** Undefined if Terraform does not know them yet. */
  readonly additionalScopes: readonly string[] | undefined;
  /** Whether `label` and `clients` need not wait for an apply: they work, or throw because a setting is missing. */
  readonly areSettingsDecided: boolean;
  /** Whether this process may be applying; false if it plans, and always with OpenTofu, which does not tell. */
  readonly mayApply: boolean;
  readonly planned: PlannedClients;
  /** Whether it is the instance of whatever names none. */
  readonly isDefault: boolean;
  /** For the end of a phrase: ` on "acme-emea"`, or nothing if it is the default. */
  readonly place: string;
  /** What the state calls the instance. Throws as `clients` does. */
  label(): string;
  /** Whether this text means the instance: its name, its address, or a label that a state has for it. */
  isCalled(text: string): boolean;
  /** The address of the instance, in its one form. Throws as `clients` does. */
  address(): string;
  /** Whether that is the instance's own address, not that of a gateway or a sandbox. Throws as `clients` does. */
  isOwnAddress(): boolean;
  /** The configured address of the token endpoint, if any. Throws as `clients` does. */
  apiUrl(): string | undefined;
  /** Throws a {@link Failure} that names the argument while a setting is unknown, or if one is missing. */
  clients(): ApiClients;
  /** Throws as `clients` does. */
  users(): Users;
  /** The access tokens of users. Throws as `clients` does. */
  tokenList(): TokenList;
  /** Needs no instance. Throws a {@link Failure} if a setting is unknown, or no address is meant for clients' secrets. */
  tokens(): AccessTokens;
  /** From now on, the credentials of this client count as new: Domo may not know them everywhere. */
  noteNew(clientId: string): void;
  isNew(clientId: string): boolean;
  /** Hides this value in the log from now on. */
  hide(secret: string): void;
  /** True only the first time for each topic, for warnings that should appear once for this instance. */
  once(topic: string): boolean;
  /** The same for warnings that should appear once, whatever the instance. */
  onceForAll(topic: string): boolean;
  /** An argument about this instance as messages name it, with its environment variable. */
  argument: NameArgument;
}

/** What the handlers of a resource are given. */
export type DomoContext = Context<Domo>;

/** What one instance is asked for, in one session. */
interface Opened {
  readonly clients: ApiClients;
  readonly users: Users;
  readonly tokenList: TokenList;
}

/** What all connections of a process share. */
export interface Runtime {
  readonly log: Log;
  readonly userAgent: string;
  readonly mayApply: boolean;
  /** The certificates to trust in addition to the usual ones. */
  trusted(): readonly string[];
  /** Topics that something has been said about. */
  readonly said: Set<string>;
}

/** Which instance a connection is for. */
export interface Identification {
  readonly resolved: Resolved;
  readonly isDefault: boolean;
  readonly argument: NameArgument;
  isCalled(text: string): boolean;
}

/** How long a client's own sign-in may take, in ms: it is one witness of several. */
const longestSignIn = 10_000;

export function connect(
  { resolved, isDefault, argument, isCalled }: Identification,
  { log, userAgent, mayApply, trusted, said: saidOfAny }: Runtime,
): Domo {
  const { settings, transport, unknown, missing, shared } = resolved;
  const said = new Set<string>();
  const newClients = new Set<string>();
  for (const secret of Object.values(settings?.credentials ?? {})) log.hide(secret);
  let instance: Opened | undefined;
  let tokens: AccessTokens | undefined;

  function known() {
    if (settings) return settings;
    // Without their paths, which are of the provider block, and would be taken for those of what asks.
    if (missing.length > 0) throw new Failure(missing.map(({ path: _, ...problem }) => problem));
    throw notConfigured(unknown);
  }

  const notConfigured = (unknown: readonly string[]) =>
    notConfiguredYet({ arguments: unknown.map(argumentOf), so: 'Domo cannot be reached yet' });

  /** Without the variable, which is of no use here. */
  const argumentOf = (name: string) => argument(name as never).replace(/ \(\w+\)$/, '');

  const hide = (secret: string) => log.hide(secret);

  function transportTo(baseUrl: string, limits: { requestTimeout: number; maxRetries: number }): Http {
    return http({
      baseUrl,
      ...limits,
      trusted: trusted(),
      userAgent,
      log: (message, fields) => log.debug(message, fields),
      onLimit: (message, fields) => log.info(message, fields),
      redact: (text) => log.redact(text, 'foreign'),
    });
  }

  function open(): Opened {
    const settings = known();
    const { baseUrl, credentials } = settings;
    const shared = session(transportTo(baseUrl, settings), credentials, new URL(baseUrl).origin, hide);
    return {
      clients: apiClients(shared, {
        signIn: signInOf(settings),
        log: (message, fields) => log.info(message, fields),
      }),
      users: createUsers(shared),
      tokenList: createTokenList(shared),
    };
  }

  function opened(): Opened {
    instance ??= open();
    return instance;
  }

  function openTokens(): AccessTokens {
    const { tokenAddress: address } = resolved;
    if (!transport || isUnknown(address)) throw notConfigured(resolved.unknownForTokens);
    if (address === undefined) {
      throw failure(
        'No address for access tokens is configured',
        `With ${argument('base_url')}, the credentials of a client are sent nowhere unless ${argument('api_url')} says where. Set it to the address of the token endpoint: ${domoApi}, or that of the gateway or sandbox.`,
      );
    }
    return accessTokens({ http: transportTo(address, transport), hide });
  }

  /** Undefined if there is no address that a client's secret may go to. */
  function signInOf({ tokenAddress: address, instance, requestTimeout }: Settings): OwnSignIn | undefined {
    if (address === undefined) return undefined;
    const timeout = Math.min(requestTimeout, longestSignIn);
    let transport: Http | undefined;
    return ownSignIn({
      http: () => {
        transport ??= transportTo(address, { requestTimeout: timeout, maxRetries: 1 });
        return transport;
      },
      instance,
      hide,
      timeout,
    });
  }

  const { readOnly, additionalScopes } = shared;
  const { label } = resolved;
  return {
    readOnly,
    additionalScopes,
    isDefault,
    place: isDefault || typeof label !== 'string' ? '' : ` on "${label}"`,
    isCalled,
    argument,
    areSettingsDecided: settings !== undefined || missing.length > 0,
    mayApply,
    planned: plannedClients(),
    label: () => known().label,
    address: () => known().baseUrl,
    isOwnAddress: () => known().isOwnAddress,
    apiUrl: () => known().apiUrl,
    clients: () => opened().clients,
    users: () => opened().users,
    tokenList: () => opened().tokenList,
    tokens: () => {
      tokens ??= openTokens();
      return tokens;
    },
    noteNew: (clientId) => void newClients.add(clientId),
    isNew: (clientId) => newClients.has(clientId),
    hide,
    once: (topic) => isFirst(said, topic),
    onceForAll: (topic) => isFirst(saidOfAny, topic),
  };
}

function isFirst(said: Set<string>, topic: string): boolean {
  const first = !said.has(topic);
  said.add(topic);
  return first;
}
