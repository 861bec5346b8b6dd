import { createContext, Script } from 'node:vm';

/** Ms of processor time. */
const limit = 500;

const box: { work?: () => unknown } = {};
// Made at the first use: every start loads this file, and few configurations need it.
let call: Script | undefined;
let context: object | undefined;

/**
 * Runs work that foreign data could make endless, on the only thread. Undefined if it was stopped after half a second of
 * processor time; it can then be called again, and may continue where it was.
 */
export function withinProcessorLimit<T extends object | true>(work: () => T): T | undefined {
  for (let patience = limit; ; patience *= 2) {
    const before = process.cpuUsage();
    try {
      box.work = work;
      call ??= new Script('work()');
      context ??= createContext(box);
      return call.runInContext(context, { timeout: patience }) as T;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      const { user, system } = process.cpuUsage(before);
      // A busy machine must not refuse what an idle one accepts.
      if ((user + system) / 1000 >= limit / 2) return undefined;
    }
  }
}
