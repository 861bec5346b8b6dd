import { readFileSync } from 'node:fs';

/** Processor time that a process has used so far, in µs: on all its threads, and on the main one. */
export interface Cpu {
  readonly all: number;
  readonly main: number;
}

/** Only Linux tells. */
export function cpuOf(pid: number | undefined): Cpu {
  // proc(5): utime and stime, in hundredths of a second. The end of the name is the last bracket.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return { all: (Number(fields[11]) + Number(fields[12])) * 10_000, main: Number(nanoseconds) / 1000 };
}

/** Processor time, in ms, of all processes that this one has started, and those that they have started, once they have ended. */
export function cpuOfEnded(): number {
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
