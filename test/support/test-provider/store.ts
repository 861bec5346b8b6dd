import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One object as the "service" keeps it: what the resource would say about it, and what is never told again. */
export interface Kept {
  readonly type: string;
  readonly state: unknown;
  readonly hidden?: unknown;
}

/** The whole file; tests read and change it behind Terraform's back. */
export interface Shelves {
  readonly next: number;
  readonly objects: Readonly<Record<string, Kept>>;
}

/** Objects by id in one JSON file. */
export interface Store {
  /** A new id. */
  take(): string;
  all(): readonly Kept[];
  get(id: string): Kept | undefined;
  put(id: string, kept: Kept): void;
  remove(id: string): void;
}

/** The file within the folder that the provider block names. */
export const shelvesFile = 'objects.json';

/** Opens the store in a folder that exists; every call reads the file anew, and nothing waits in between. */
export function openStore(folder: string): Store {
  const path = join(folder, shelvesFile);

  function read(): Shelves {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Shelves;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { next: 1, objects: {} };
      throw error;
    }
  }

  function write(shelves: Shelves): void {
    writeFileSync(`${path}.new`, JSON.stringify(shelves, null, 2));
    renameSync(`${path}.new`, path);
  }

  return {
    take() {
      const { next, objects } = read();
      write({ next: next + 1, objects });
      return String(next);
    },
    all: () => Object.values(read().objects),
    get: (id) => read().objects[id],
    put(id, kept) {
      const { next, objects } = read();
      write({ next, objects: { ...objects, [id]: kept } });
    },
    remove(id) {
      const { next, objects } = read();
      write({ next, objects: Object.fromEntries(Object.entries(objects).filter(([key]) => key !== id)) });
    },
  };
}
