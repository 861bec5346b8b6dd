const interval = 500;

/**
 * Calls back within a second after the process that started this one has died. A client that is killed
 * cannot say Shutdown, and an open socket alone keeps a plugin alive for ever.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !exists(parent)) onGone();
  }, interval).unref();
}

/** Windows never changes an orphan's parent id, so the parent itself is looked for. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
