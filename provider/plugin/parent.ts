const interval = 500;

/**
 * Calls back within a second of the death of the process that started this one. A client that is killed
 * cannot send Shutdown, and an open socket alone would keep a plugin alive indefinitely.
 */
export function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !exists(parent)) onGone();
  }, interval).unref();
}

/** Windows never changes an orphan's parent id, so this looks for the parent itself. */
function exists(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
