/**
 * Measures what start.sh adds to a start: it runs /bin/true in the place of the executable, with the script and without,
 * in turns, and prints the medians of 500 rounds. `node -r tsx/cjs test/bench/starter.ts`, after a `make build`.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readElf } from '../../scripts/release/inspect/elf';
import { startedParts } from '../../scripts/starter/parts';
import { median } from './statistics';

const rounds = 500;

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'starter-'));
  try {
    const [direct, script] = layOut(folder);
    const ms = (program: string) => {
      const began = performance.now();
      if (spawnSync(program).status !== 0) throw new Error(`${program} has failed.`);
      return performance.now() - began;
    };
    const times = Array.from({ length: rounds }, () => [ms(direct), ms(script)] as const);
    const [without, withScript] = [median(times.map(([one]) => one)), median(times.map(([, two]) => two))];
    process.stdout.write(
      `without the script ${without.toFixed(2)} ms, with it ${withScript.toFixed(2)} ms: ` +
        `${(withScript - without).toFixed(2)} ms more\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function layOut(folder: string): [direct: string, script: string] {
  const direct = join(folder, 'true');
  copyFileSync('/bin/true', direct);
  const content = readFileSync(direct);
  const { interpreter: loader = '' } = readElf(content);
  const parts = startedParts('dist/terraform-provider-domo', '0.0.0', { content, loader });
  for (const { name, content, executable } of parts) {
    writeFileSync(join(folder, name), content, { mode: executable ? 0o755 : 0o644 });
  }
  return [direct, join(folder, parts[0]?.name ?? '')];
}

main();
