/** What a provider author may import. */
import { list, map, object, set } from './schema/collections';
import { nested } from './schema/nested';
import { bool, decimal, number, string } from './schema/primitives';

export type { ActionContext, ActionPlanContext } from './action';
export type { Context, Json } from './context';
export type { DataContext } from './data-source';
export { type Diagnostic, errorDiagnostic, Failure, failure, warningDiagnostic } from './diagnostics';
export type { EphemeralContext, Opened, Renewed } from './ephemeral-resource';
export { type FunctionCall, parameter, variadic } from './function';
export type { ListContext, ListResult } from './list-resource';
export type { MoveContext, MoveSource } from './move';
export { createFactory, type Log, type Provider } from './provider';
export { type Change, type IdentityValues, type ImportTarget, upgradeFrom } from './resource';
export { computed, optional, optionalComputed, required, writeOnly } from './schema/attributes';
export { type Modifier, requiresReplace, useStateForUnknown } from './schema/modifiers';
export { attributePath, formatPath, type Path, root } from './schema/path';
export type { ReadonlyPrivateState } from './schema/schema';
export { isUnknown, type Unknown, unknown, type WireValue } from './schema/unknown';
export { atLeastOne, each, nonEmpty, type Validator, validator } from './schema/validators';
export type {
  Config,
  GeneratedConfig,
  Known,
  PartlyKnown,
  PlanView,
  Proposed,
  State,
  Stored,
} from './values';

/** The types that an attribute can have. */
export const t = { string, bool, number, decimal, list, set, map, object, nested } as const;
