import { type Diagnostic, isUnknown } from '../../framework';
import { instanceName } from './addresses';
import { blockSource } from './arguments';
import { entriesOf, entryProblems, formsOf } from './entries';
import type { Configuration } from './schema';
import { contradictions } from './sign-in';

/** What is wrong with a configuration whatever the environment says, beside what is malformed. */
export function checkBlock(config: Configuration): readonly Diagnostic[] {
  const entries = entriesOf(config);
  const { instance } = config;
  const name = instance === null || isUnknown(instance) ? undefined : instanceName(instance);
  const first = name === undefined ? undefined : { name, forms: formsOf(name, undefined) };
  return [
    ...contradictions(config, blockSource(config)),
    ...(isUnknown(entries) ? [] : entryProblems(entries, first)),
  ];
}
