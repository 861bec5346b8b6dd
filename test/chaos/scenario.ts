import { killProvider } from '../support/kill-provider';
import { seededNumbers } from '../support/random';
import type { Engine, Result } from '../support/terraform';
import { apply, type Environment, type Figures, openEnvironment } from './environment';
import { type Losses, noLosses, observe, unknownTo } from './losses';
import { saidBy } from './said';

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
  readonly namedHolders: string[];
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
  const namedHolders: string[] = [];

  const count = (operation: string, times = 1) => {
    operations[operation] = (operations[operation] ?? 0) + times;
  };
  const some = <T>(items: readonly T[], part: number) => items.filter(() => random() < part);
  const add = (many: number) => {
    for (let i = 0; i < many; i++) wanted.set(`client-${serial++}`, 'as it was at first');
  };

  async function step(operation: string, command: () => Promise<Result>, killed = false): Promise<void> {
    count(operation);
    await observe(environment, losses, { operation, killed }, command);
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
    const said: string[] = [];
    for (let attempt = 1; attempt <= healingApplies; attempt++) {
      count('apply without faults');
      const result = await environment.run(...apply);
      const strangers = unknownTo(await environment.kept(), await environment.live());
      for (const { id, name } of strangers) {
        const taken = new RegExp(
          `"${name}" was not created: names are unique[^"]*API client "${name}" \\(id ${id}\\)`,
        );
        if (!taken.test(result.text) || !result.text.includes('import')) {
          said.push(`healing ${attempt}, of ${name} (id ${id}): ${saidBy(result, name)}`);
          continue;
        }
        namedHolders.push(name);
        await environment.sandbox.revoke(id);
      }
      if (result.code === 0 && (await environment.work.plan()) === 'empty') return;
      said.push(`healing ${attempt} ended with ${result.code}: ${saidBy(result)}`);
    }
    differences.push(`not healed after ${healingApplies} applies`);
    losses.said.push(...said);
  }

  async function takeStock(): Promise<void> {
    const [live, kept] = [await environment.live(), await environment.kept()];
    const onServer = live.map(({ id, name }) => `${name} ${id}`);
    const inState = kept.map(({ id, name }) => `${name} ${id}`);
    differences.push(...onServer.filter((each) => !inState.includes(each)));
    differences.push(...inState.filter((each) => !onServer.includes(each)));
    for (const { name, clientId, secret } of kept) {
      const status = await environment.sandbox.signIn(clientId, secret);
      if (status === 200) continue;
      losses.lostSecrets.push(name);
      losses.said.push(`the sign-in of ${name} was answered ${status}`);
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
