/** Generates static TypeScript from every .proto file into a `generated` folder beside it. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const rooms = ['provider/protocol', 'provider/plugin'];

for (const room of rooms) {
  const out = `${room}/generated`;
  rmSync(out, { recursive: true, force: true });
  const template = {
    version: 'v2',
    inputs: [{ directory: room }],
    plugins: [
      {
        // Not the ones in .bin: on Windows only a shell can start those.
        local: ['node', 'node_modules/ts-proto/protoc-gen-ts_proto'],
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
  const options = ['generate', '--template', JSON.stringify(template)];
  execFileSync(process.execPath, ['node_modules/@bufbuild/buf/bin/buf', ...options], { stdio: 'inherit' });
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.ts')) markClientsAsPure(join(out, file));
  }
}

/** Only tests use the clients: a bundler may leave out what the provider never calls. */
function markClientsAsPure(file: string): void {
  const text = readFileSync(file, 'utf8');
  const call = ' = makeGenericClientConstructor(';
  writeFileSync(file, text.replaceAll(call, call.replace('=', '= /* @__PURE__ */')));
}
