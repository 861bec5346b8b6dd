import { connect, type Domo } from '../../../provider/domo/connection';
import { resolve } from '../../../provider/domo/provider-block/settings';
import { createCall } from '../../../provider/framework/operations/call';
import type { FakeDomo } from '../../support/fake-domo';

const log = { hide() {}, debug() {}, info() {}, warn() {}, redact: (text: string) => text };

/** A configured provider of its own, with nothing set but the instance `acme` and how to get there. */
export function connectedTo({ url, token }: Pick<FakeDomo, 'url' | 'token'>): Domo {
  const settings = {
    instance: 'acme',
    base_url: url,
    access_token: token,
    username: null,
    password: null,
    api_url: null,
    ca_certificate_file: null,
    read_only: null,
    additional_scopes: null,
    request_timeout: null,
    max_retries: 0,
  };
  return connect(resolve(settings, {}), log as never, 'test');
}

/** What a handler is given, without private state. */
export const callOf = (connected: Domo) =>
  createCall(connected, new AbortController().signal, new Uint8Array());
