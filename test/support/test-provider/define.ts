import { createFactory } from '../../../provider/framework';
import type { Store } from './store';

/** What the resources are handed: opens the store, or fails as long as its folder is unknown. */
export interface TestClient {
  store(): Store;
}

export const define = createFactory<TestClient>();
