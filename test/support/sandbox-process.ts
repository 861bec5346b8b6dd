import { resolve } from 'node:path';
import { startProcess } from './running';
import { type RunningSandbox, runningSandbox, type SandboxUser } from './running-sandbox';
import { until } from './until';

const script = resolve(__dirname, '../../dist/sandbox.js');

/**
 * Starts the sandbox as `make build` leaves it, as a process of its own. Throws what it said if it does not start.
 * Close it in the end.
 */
export async function sandboxProcess(): Promise<RunningSandbox> {
  const env = { PATH: process.env.PATH, PORT: '0', SANDBOX_JSON: '1' };
  const running = startProcess(process.execPath, [script], { cwd: resolve(__dirname, '../..'), env });
  let ended = false;
  const close = running.done.then(() => {
    ended = true;
  });
  await until('the sandbox', () => ended || greetingIn(running.text()) !== undefined);
  const greeting = greetingIn(running.text());
  if (!greeting) throw new Error(`The sandbox did not start: ${running.text()}`);
  return runningSandbox(greeting.url, greeting.users, async () => {
    await running.kill();
    await close;
  });
}

type Greeting = { url: string; users: SandboxUser[] };

function greetingIn(text: string): Greeting | undefined {
  try {
    return JSON.parse(text) as Greeting;
  } catch {
    return undefined;
  }
}
