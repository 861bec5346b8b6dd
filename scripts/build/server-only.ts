import type { Plugin } from 'esbuild';

/** Where the server of grpc-js refers to what its clients need. */
const forClients = /^(\.\/make-client|\.\/channel-credentials|@grpc\/proto-loader)$/;

/**
 * Leaves out of grpc-js what only clients need: half of the bundle, which every start would have to read. The server
 * refers to it for two services that it can offer (channelz and ORCA), and that no plugin here does.
 */
export const serverOnly: Plugin = {
  name: 'server-only',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: forClients }, ({ path, importer }) =>
      /[\\/]@grpc[\\/]grpc-js[\\/]/.test(importer) ? { path, namespace: 'for-clients' } : undefined,
    );
    onLoad({ filter: /./, namespace: 'for-clients' }, ({ path }) => ({
      contents: `throw new Error(${JSON.stringify(`${path} is only for gRPC clients, and not in this bundle.`)});`,
    }));
  },
};
