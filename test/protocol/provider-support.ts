import { type ClientReadableStream, type ServiceDefinition, type ServiceError, status } from '@grpc/grpc-js';
import type { WireValue } from '../../provider/framework/schema/unknown';
import {
  Diagnostic_Severity,
  ProviderClient,
  ProviderService,
} from '../../provider/protocol/generated/tfplugin6';
import { toWire } from '../../provider/protocol/wire/values';
import { type Launched, launch, terraformEnvironment } from '../support/plugin-client';

type Service = typeof ProviderService;

/** An RPC of the protocol, by its name in the generated service: a new one is in every loop over these at once. */
export type Method = keyof Service;
export const methods = Object.keys(ProviderService) as Method[];

export type Request<M extends Method> = ReturnType<Service[M]['requestDeserialize']>;
export type Response<M extends Method> = ReturnType<Service[M]['responseDeserialize']>;

/** A running provider that the test drives as Terraform would. */
export interface StartedProvider extends ProviderRpcs {
  readonly plugin: Launched;
}

/** The RPCs of a provider, wherever it runs. */
export interface ProviderRpcs {
  /** Calls one RPC; fields that are not given are the protocol's zero values. Rejects with the gRPC error. */
  call<M extends Method>(method: M, request?: Partial<Request<M>>): Promise<Response<M>>;
  /** Starts an RPC whose answer is a stream; the caller cancels it or reads it to its end. */
  stream<M extends 'listResource' | 'invokeAction'>(
    method: M,
    request?: Partial<Request<M>>,
  ): ClientReadableStream<Response<M>>;
  /** The same with bytes that nobody has checked. */
  send(method: Method, bytes: Buffer): Promise<unknown>;
  /** Configures the provider; arguments that are not given are null. Throws what it refuses. */
  configure(config: Readonly<Record<string, WireValue>>): Promise<void>;
}

/** An answer that takes longer is a hang; in milliseconds. */
const patience = 10_000;

export async function startProvider(
  executable: string,
  env: Readonly<Record<string, string>> = {},
): Promise<StartedProvider> {
  const plugin = await launch(executable, { env: { ...terraformEnvironment, ...env } });
  return { plugin, ...rpcsOf(plugin.connect(ProviderClient)) };
}

export function rpcsOf(client: ProviderClient): ProviderRpcs {
  function send(method: Method, bytes: Buffer): Promise<unknown> {
    const { path, requestStream, responseStream, responseDeserialize } = (
      ProviderService as ServiceDefinition
    )[method] as ServiceDefinition[string];
    const options = { deadline: Date.now() + patience };
    const asIs = (value: Buffer) => value;
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, value?: unknown) => (error ? reject(error) : resolve(value));
      if (responseStream) {
        const stream = client.makeServerStreamRequest(path, asIs, responseDeserialize, bytes, options);
        last(stream).then(resolve, reject);
      } else if (requestStream) {
        client.makeClientStreamRequest(path, asIs, responseDeserialize, options, done).end(bytes);
      } else client.makeUnaryRequest(path, asIs, responseDeserialize, bytes, options, done);
    });
  }

  const call: ProviderRpcs['call'] = async (method, request = {}) =>
    (await send(method, requestBytes(method, request))) as Response<typeof method>;

  const stream: ProviderRpcs['stream'] = (method, request = {}) => {
    const { path, responseDeserialize } = (ProviderService as ServiceDefinition)[
      method
    ] as ServiceDefinition[string];
    const bytes = requestBytes(method, request);
    return client.makeServerStreamRequest(path, (asIs: Buffer) => asIs, responseDeserialize, bytes, {
      deadline: Date.now() + patience,
    }) as never;
  };

  return {
    call,
    stream,
    send,
    async configure(config) {
      const { provider } = await call('getProviderSchema');
      const names = provider?.block?.attributes.map(({ name }) => name) ?? [];
      const answer = await call('configureProvider', {
        config: toWire(record(names, config)),
        terraformVersion: '1.11.4',
      });
      if (answer.diagnostics.length > 0) throw new Error(errorsOf(answer).join('\n'));
    },
  };
}

/** A request as it travels; fields that the method does not have are left out, others are the protocol's zero values. */
export function requestBytes(method: Method, request: object): Buffer {
  const { requestDeserialize, requestSerialize } = (ProviderService as ServiceDefinition)[
    method
  ] as ServiceDefinition[string];
  return requestSerialize({ ...requestDeserialize(Buffer.alloc(0)), ...request });
}

/** An object with these attributes, null except for the values given. */
export function record(names: readonly string[], values: Readonly<Record<string, WireValue>>): WireValue {
  return { ...Object.fromEntries(names.map((name) => [name, null])), ...values };
}

function last(stream: ClientReadableStream<unknown>): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let event: unknown;
    stream.on('data', (data) => {
      event = data;
    });
    stream.on('end', () => resolve(event));
    stream.on('error', reject);
  });
}

type Answer = {
  diagnostics?: { severity: number; summary: string; detail: string }[];
  diagnostic?: Answer['diagnostics'];
  error?: { text: string };
  type?: { value: Answer };
};

/** The errors of an answer, wherever its kind keeps them, as text. */
export function errorsOf(response: unknown): string[] {
  const { diagnostics, diagnostic, error, type } = (response ?? {}) as Answer;
  const found = [...(diagnostics ?? []), ...(diagnostic ?? [])].filter(
    ({ severity }) => severity === Diagnostic_Severity.ERROR,
  );
  return [
    ...found.map(({ summary, detail }) => `${summary}: ${detail}`),
    ...(error ? [error.text] : []),
    ...(type ? errorsOf(type.value) : []),
  ];
}

/** Whether a call failed because nobody answered. */
export function isHang(error: unknown): boolean {
  return (error as ServiceError).code === status.DEADLINE_EXCEEDED;
}
