import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** One object as the "service" keeps it: what the resource would say about it, and what is never told again. */
export interface StoredObject {
  readonly type: string;
  readonly state: unknown;
  readonly hidden?: unknown;
}

/** The whole file; tests read and change it behind Terraform's back. */
export interface StoreContent {
  readonly next: number;
  readonly objects: Readonly<Record<string, StoredObject>>;
}

/** Objects by id in one JSON file. */
export interface Store {
  /** A new id. */
  nextId(): string;
  all(): readonly StoredObject[];
  get(id: string): StoredObject | undefined;
  put(id: string, object: StoredObject): void;
  remove(id: string): void;
}

/** The file within the folder that the provider block names. */
export const storeFile = 'objects.json';

/** Opens the store in an existing folder; every call reads the file again, without waiting in between. */
export function openStore(folder: string): Store {
  const path = join(folder, storeFile);

  function read(): StoreContent {
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as StoreContent;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { next: 1, objects: {} };
      throw error;
    }
  }

  function write(content: StoreContent): void {
    writeFileSync(`${path}.new`, JSON.stringify(content, null, 2));
    renameSync(`${path}.new`, path);
  }

  return {
    nextId() {
      const { next, objects } = read();
      write({ next: next + 1, objects });
      return String(next);
    },
    all: () => Object.values(read().objects),
    get: (id) => read().objects[id],
    put(id, object) {
      const { next, objects } = read();
      write({ next, objects: { ...objects, [id]: object } });
    },
    remove(id) {
      const { next, objects } = read();
      write({ next, objects: Object.fromEntries(Object.entries(objects).filter(([key]) => key !== id)) });
    },
  };
}
