import {
  type ClientReadableStream,
  credentials,
  Server,
  ServerCredentials,
  type ServiceDefinition,
} from '@grpc/grpc-js';
import {
  ProviderClient,
  type ProviderServer,
  ProviderService,
} from '../../../provider/protocol/generated/tfplugin6';

const closing: (() => void)[] = [];

/** Ends what {@link clientOf} has opened. */
export function closeAll(): void {
  for (const close of closing.splice(0)) close();
}

/** A client of a server that has these RPCs alone. */
export async function clientOf(handlers: Partial<ProviderServer>): Promise<ProviderClient> {
  const service = Object.fromEntries(
    Object.entries(ProviderService).filter(([name]) => name in handlers),
  ) as ServiceDefinition;
  const server = new Server();
  server.addService(service, handlers as ProviderServer);
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const client = new ProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  closing.push(() => {
    client.close();
    server.forceShutdown();
  });
  return client;
}

/** The answer to an RPC with one, through a real connection; rejects with a gRPC error. */
export async function answerOf(method: keyof ProviderServer & string, handler: unknown): Promise<unknown> {
  const client = await clientOf({ [method]: handler } as Partial<ProviderServer>);
  const { path, requestStream, responseDeserialize } = (ProviderService as ServiceDefinition)[
    method
  ] as ServiceDefinition[string];
  return new Promise((resolve, reject) => {
    const done = (error: unknown, value?: unknown) => (error ? reject(error) : resolve(value));
    const asIs = (bytes: Buffer) => bytes;
    if (!requestStream) client.makeUnaryRequest(path, asIs, responseDeserialize, Buffer.alloc(0), done);
    else {
      const call = client.makeClientStreamRequest(path, asIs, responseDeserialize, done);
      for (let sent = 0; sent < 3; sent++) call.write(Buffer.alloc(0));
      call.end();
    }
  });
}

/** All events of a stream, through a real connection; rejects with a gRPC error. */
export const eventsOf = <E>(stream: ClientReadableStream<E>) =>
  new Promise<E[]>((resolve, reject) => {
    const events: E[] = [];
    stream.on('data', (event: E) => events.push(event));
    stream.on('end', () => resolve(events));
    stream.on('error', reject);
  });
