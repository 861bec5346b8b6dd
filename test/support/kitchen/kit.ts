import { createFactory } from '../../../provider/framework';
import type { Store } from './store';

/** What the kitchen's resources are handed: opens the store, or fails as long as its folder is unknown. */
export interface Kitchen {
  store(): Store;
}

export const cook = createFactory<Kitchen>();
