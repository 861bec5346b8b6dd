import type { Path } from './schema/path';

/** What Terraform shows to the user: a one-line summary, what to do about it, and the attribute concerned. */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly detail: string;
  readonly path?: Path;
}

/** Why Terraform is asked to come back later, in the protocol's own words. */
export type DeferralReason = 'RESOURCE_CONFIG_UNKNOWN' | 'PROVIDER_CONFIG_UNKNOWN' | 'ABSENT_PREREQ';

/**
 * The one error that a handler throws on purpose; it becomes an error diagnostic.
 * With a `deferral` it becomes a deferred answer instead, if the client allows that.
 */
export class Failure extends Error {
  readonly diagnostics: readonly Diagnostic[];
  readonly deferral: DeferralReason | undefined;

  constructor(diagnostics: readonly Diagnostic[], deferral?: DeferralReason) {
    super(diagnostics.map((d) => `${d.summary}: ${d.detail}`).join('\n'));
    this.name = 'Failure';
    this.diagnostics = diagnostics;
    this.deferral = deferral;
  }
}

export function errorDiagnostic(summary: string, detail: string, path?: Path): Diagnostic {
  return { severity: 'error', summary, detail, ...(path && { path }) };
}

export function warningDiagnostic(summary: string, detail: string, path?: Path): Diagnostic {
  return { severity: 'warning', summary, detail, ...(path && { path }) };
}

/** A {@link Failure} with one error. */
export function failure(summary: string, detail: string, path?: Path): Failure {
  return new Failure([errorDiagnostic(summary, detail, path)]);
}

/** Whatever was thrown, as diagnostics: a {@link Failure} brings its own, anything else is a bug in the provider. */
export function diagnosticsOf(thrown: unknown): readonly Diagnostic[] {
  if (thrown instanceof Failure) return thrown.diagnostics;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return [
    errorDiagnostic(
      'The provider failed unexpectedly',
      `${what}\n\nThis is a bug in the provider. Please report it with the steps that led here; state and configuration were left as they are.`,
    ),
  ];
}
