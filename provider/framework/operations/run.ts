import type { DeferralReason, Diagnostic } from '../diagnostics';
import type { ImportTarget } from '../resource';
import type { Path } from '../schema/path';
import type { Plain } from '../schema/unknown';

/** What every operation answers; `state` is null where there is none. */
export interface Outcome {
  readonly state: Plain;
  readonly private: Uint8Array;
  /** Null where a part of it is not known yet. */
  readonly identity: Plain;
  readonly diagnostics: readonly Diagnostic[];
  readonly deferred?: DeferralReason;
}

export interface PlanOutcome extends Outcome {
  readonly replace: readonly Path[];
}

/** A provider at work: plain values in, plain values out. What is wrong is a diagnostic; nothing is thrown. */
export interface Server {
  validateProvider(config: Plain): readonly Diagnostic[];
  configure(config: Plain, terraformVersion: string): readonly Diagnostic[];
  /** Interrupts everything that is under way. */
  stop(): void;
  validateResource(type: string, config: Plain, writeOnlyAllowed: boolean): readonly Diagnostic[];
  upgradeState(type: string, version: number, state: Plain): Outcome;
  upgradeIdentity(type: string, version: number, identity: Plain): Outcome;
  plan(type: string, request: PlanRequest): Promise<PlanOutcome>;
  apply(type: string, request: ApplyRequest): Promise<Outcome>;
  read(type: string, request: ReadRequest): Promise<Outcome>;
  import(type: string, target: ImportTarget, deferralAllowed: boolean): Promise<Outcome>;
  validateData(type: string, config: Plain): readonly Diagnostic[];
  readData(type: string, config: Plain, deferralAllowed: boolean): Promise<Outcome>;
}

export interface PlanRequest {
  readonly config: Plain;
  readonly prior: Plain;
  readonly proposed: Plain;
  readonly private: Uint8Array;
  readonly deferralAllowed: boolean;
}
export interface ApplyRequest {
  readonly config: Plain;
  readonly prior: Plain;
  readonly planned: Plain;
  readonly private: Uint8Array;
}
export interface ReadRequest {
  readonly state: Plain;
  readonly private: Uint8Array;
  readonly deferralAllowed: boolean;
}

/** The answer of an operation that has come to nothing. */
export const nothing = { state: null, private: new Uint8Array(), identity: null, diagnostics: [] } as const;
