import { killProvider } from '../support/kill-provider';
import { seededNumbers } from '../support/random';
import type { Engine } from '../support/terraform';
import { apply, type Environment, type Figures, openEnvironment } from './environment';
import { type Losses, noLosses, observe, unknownTo } from './losses';

export interface Scenario {
  readonly seed: number;
  readonly rounds: number;
  /** How many clients there are at a time. */
  readonly clients: number;
  /** The part of all requests that meet a fault, from 0 to 1. */
  readonly share: number;
}

/** What came of it all. */
export interface Report extends Losses, Figures {
  readonly operations: Record<string, number>;
  /** Clients that a killed provider left, and that an error then named with its holder and what to do. */
  readonly namedHolders: number;
  /** Names and ids that differ between state and server in the end. */
  readonly differences: string[];
}

const healingApplies = 4;

/** Lets Domo, the network, people and the system misbehave while Terraform works; then heals, and takes stock. */
export async function runScenario(
  engine: Engine,
  { seed, rounds, clients, share }: Scenario,
): Promise<Report> {
  const random = seededNumbers(seed);
  const environment = await openEnvironment(engine);
  const losses = noLosses();
  const operations: Record<string, number> = {};
  const wanted = new Map<string, string>();
  const differences: string[] = [];
  let serial = 0;
  let namedHolders = 0;

  const count = (operation: string, times = 1) => {
    operations[operation] = (operations[operation] ?? 0) + times;
  };
  const some = <T>(items: readonly T[], part: number) => items.filter(() => random() < part);
  const add = (many: number) => {
    for (let i = 0; i < many; i++) wanted.set(`client-${serial++}`, 'as it was at first');
  };

  async function step(operation: string, work: () => Promise<unknown>, killed = false): Promise<void> {
    count(operation);
    const before = losses.orphans.length;
    const result = await observe(environment, losses, killed, work);
    if (losses.orphans.length > before)
      process.stderr.write(`${operation} left ${losses.orphans.slice(before)}:\n${JSON.stringify(result)}\n`);
  }

  async function revokeSome(part: number): Promise<void> {
    const victims = some(await environment.live(), part);
    for (const { id } of victims) await environment.sandbox.revoke(id);
    count('revoked by hand', victims.length);
  }

  function change(): void {
    for (const name of some([...wanted.keys()], 0.1)) wanted.delete(name);
    for (const name of some([...wanted.keys()], 0.1)) wanted.set(name, `changed ${serial++}`);
    add(clients - wanted.size);
    environment.want(wanted);
  }

  async function heal(): Promise<void> {
    await environment.misbehave(0, 0);
    for (let attempt = 1; attempt <= healingApplies; attempt++) {
      count('apply without faults');
      const { code, text } = await environment.run(...apply);
      const strangers = unknownTo(await environment.kept(), await environment.live());
      for (const { id, name } of strangers) {
        const said = new RegExp(
          `"${name}" was not created: names are unique[^"]*API client "${name}" \\(id ${id}\\)`,
        );
        if (!said.test(text) || !text.includes('import')) continue;
        namedHolders++;
        await environment.sandbox.revoke(id);
      }
      if (code === 0 && (await environment.work.plan()) === 'empty') return;
    }
    differences.push(`not healed after ${healingApplies} applies`);
  }

  async function takeStock(): Promise<void> {
    const [live, kept] = [await environment.live(), await environment.kept()];
    const onServer = live.map(({ id, name }) => `${name} ${id}`);
    const inState = kept.map(({ id, name }) => `${name} ${id}`);
    differences.push(...onServer.filter((each) => !inState.includes(each)));
    differences.push(...inState.filter((each) => !onServer.includes(each)));
    for (const { name, clientId, secret } of kept) {
      if ((await environment.sandbox.signIn(clientId, secret)) !== 200) losses.lostSecrets.push(name);
    }
  }

  try {
    add(clients);
    environment.want(wanted);
    for (let round = 1; round <= rounds; round++) {
      await environment.misbehave(share, seed + round);
      await step('apply', () => environment.run(...apply));
      await revokeSome(0.05);
      await step('plan', () => environment.run('plan', '-no-color', '-input=false'));
      change();
      await step('apply, interrupted', () =>
        environment.applyUntil(Math.ceil(random() * clients * 0.1), (running) =>
          running.interrupt('process'),
        ),
      );
      await revokeSome(0.05);
      change();
      await step(
        'apply, provider killed',
        () => environment.applyUntil(Math.ceil(random() * clients * 0.1), killProvider),
        true,
      );
      await heal();
      await takeStock();
    }
    return { ...losses, operations, ...(await environment.figures()), namedHolders, differences };
  } finally {
    await close(environment);
  }
}

async function close({ work, sandbox }: Environment): Promise<void> {
  await work.cleanup();
  await sandbox.close();
}
