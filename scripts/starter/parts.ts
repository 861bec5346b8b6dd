import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One of the files that make up an installed provider, which all lie in one folder. */
export interface Part {
  readonly name: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}

/** An executable that runs without Node.js, if the system has its loader. */
export interface NativeBuild {
  readonly content: Uint8Array;
  /** The loader that it names, which is glibc's. */
  readonly loader: string;
}

/** The files that start a bundle. `make build` and the package for npm have them beside it. */
export const starterFiles = ['start.sh', 'start.cjs'] as const;

/**
 * The names in an installed provider. Terraform starts the first file whose name begins with the provider's and goes on
 * with `_` or `.`, so the others go on with `-`. What ends with `.cjs` is CommonJS wherever it lies.
 */
const namesOf = (version: string) => ({
  script: `terraform-provider-domo_v${version}`,
  native: 'terraform-provider-domo-glibc',
  node: 'terraform-provider-domo-node.cjs',
  bundle: 'terraform-provider-domo-bundle.cjs',
});

/** The names of what {@link startedParts} makes without a native build, the script first. */
export function nodePartNames(version: string): [script: string, ...others: string[]] {
  const { script, node, bundle } = namesOf(version);
  return [script, node, bundle];
}

/**
 * What an installed provider is made of where start.sh starts it, the script first.
 *
 * @param bundle the path of the bundle, with {@link starterFiles} beside it
 */
export function startedParts(bundle: string, version: string, native?: NativeBuild): Part[] {
  const names = namesOf(version);
  const [script, node] = starterFiles.map((name) => join(dirname(bundle), name)) as [string, string];
  const started = readFileSync(script, 'utf8').replace('@LOADER@', native?.loader ?? '');
  return [
    { name: names.script, content: Buffer.from(started), executable: true },
    ...(native ? [{ name: names.native, content: native.content, executable: true }] : []),
    { name: names.node, content: readFileSync(node), executable: false },
    { name: names.bundle, content: readFileSync(bundle), executable: false },
  ];
}
