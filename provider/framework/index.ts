/** What a provider author may import. */
import { list, map, object, set } from './collections';
import { nested } from './nested';
import { bool, decimal, number, string } from './primitives';

export { computed, optional, optionalComputed, required, writeOnly } from './attributes';
export type { Context } from './context';
export type { DataContext, Known } from './data-source';
export { type Diagnostic, errorDiagnostic, Failure, failure, warningDiagnostic } from './diagnostics';
export { type Modifier, requiresReplace, useStateForUnknown } from './modifiers';
export { attribute, formatPath, type Path, root } from './path';
export { kit, type Log, type Provider } from './provider';
export {
  type Change,
  type Config,
  type ImportTarget,
  type PlanView,
  type State,
  upgradeFrom,
} from './resource';
export { isUnknown, type Unknown, unknown } from './unknown';
export { atLeastOne, each, nonEmpty, type Validator, validator } from './validators';

/** The types that an attribute can have. */
export const t = { string, bool, number, decimal, list, set, map, object, nested } as const;
