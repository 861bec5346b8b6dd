/** Generates static TypeScript from every .proto file into a `generated` folder beside it. */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';

const rooms = ['provider/protocol', 'provider/plugin'];

for (const room of rooms) {
  const out = `${room}/generated`;
  rmSync(out, { recursive: true, force: true });
  const template = {
    version: 'v2',
    inputs: [{ directory: room }],
    plugins: [
      {
        local: 'node_modules/.bin/protoc-gen-ts_proto',
        out,
        opt: [
          'outputServices=grpc-js',
          'outputJsonMethods=false',
          'outputPartialMethods=false',
          'outputClientImpl=true',
          'oneof=unions-value',
          'forceLong=bigint',
          'useExactTypes=false',
          'esModuleInterop=true',
          'env=node',
          'useOptionals=messages',
          'importSuffix=',
        ],
      },
    ],
  };
  execFileSync('node_modules/.bin/buf', ['generate', '--template', JSON.stringify(template)], {
    stdio: 'inherit',
  });
}
