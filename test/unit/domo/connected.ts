import type { Domo } from '../../../provider/domo/connection';
import { type Instances, openInstances } from '../../../provider/domo/instances';
import { attributes, type Configuration } from '../../../provider/domo/provider-block/schema';
import { createCall } from '../../../provider/framework/operations/call';
import type { FakeDomo } from '../../support/fake-domo';

const log = { hide() {}, debug() {}, info() {}, warn() {}, redact: (text: string) => text };

/** A provider block without arguments. */
export const emptyBlock = Object.fromEntries(
  Object.keys(attributes).map((name) => [name, null]),
) as unknown as Configuration;

/** A configured provider of its own. */
export function opened(block: Partial<Configuration>, environment = {}): Instances {
  const config = { ...emptyBlock, max_retries: 0, ...block };
  return openInstances(config, environment, { log: log as never, userAgent: 'test', mayApply: false });
}

/** One with nothing set but the instance `acme` and how to get there. */
export const openedFor = ({ url, token }: Pick<FakeDomo, 'url' | 'token'>): Instances =>
  opened({ instance: 'acme', base_url: url, access_token: token });

/** The instance of {@link openedFor}. */
export const connectedTo = (fake: Pick<FakeDomo, 'url' | 'token'>): Domo => openedFor(fake).at(null);

/** What a handler is given, without private state. */
export const callOf = <Client>(connected: Client) =>
  createCall(connected, new AbortController().signal, new Uint8Array());
