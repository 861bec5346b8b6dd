/** Says in the test output what was not tested, and why: nothing is left out in silence. */
export function skipped(what: string, why: string): void {
  process.stderr.write(`SKIPPED ${what}: ${why}\n`);
}
