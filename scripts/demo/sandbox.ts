import { spawn } from 'node:child_process';
import { cleanEnvironment, end } from './processes';

/** One of the sandbox's users. */
export type User = { id: number; name: string; token: string };

/** The local Domo, in its own process. */
export type Sandbox = {
  url: string;
  /** A user by name; throws if there is no such user. */
  user(name: string): User;
  /** Resolves when the process is gone, for whatever reason. */
  ended: Promise<unknown>;
  close(): Promise<void>;
};

/** Starts the sandbox on a free port. If it does not start, throws what it said. */
export async function startSandbox(signal: AbortSignal): Promise<Sandbox> {
  signal.throwIfAborted();
  const child = spawn(process.execPath, ['dist/sandbox.js'], {
    env: { ...cleanEnvironment(), PORT: '0', SANDBOX_JSON: '1' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const close = () => end(child, 'SIGTERM');
  try {
    const line = await new Promise<string>((resolve, reject) => {
      let text = '';
      child.stdout.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes('\n')) resolve(text);
      });
      child.once('error', reject);
      child.once('close', () => reject(new Error(`The sandbox did not start: ${said}`)));
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    const { url, users } = JSON.parse(line) as { url: string; users: User[] };
    return {
      url,
      user(name) {
        const found = users.find((user) => user.name === name);
        if (!found) throw new Error(`The sandbox has no user ${name}.`);
        return found;
      },
      ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
