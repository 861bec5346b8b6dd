import type { Diagnostic } from '../../framework/diagnostics';
import type { Path, Step } from '../../framework/schema/path';
import {
  type AttributePath,
  type AttributePath_Step,
  Diagnostic_Severity,
  type Diagnostic as WireDiagnostic,
} from '../generated/tfplugin6';

export function wireDiagnostics(diagnostics: readonly Diagnostic[]): WireDiagnostic[] {
  return diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: severity === 'error' ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary,
    detail,
    attribute: path && path.length > 0 ? wirePath(path) : undefined,
  }));
}

/** The protocol has no step for an element of a set, so the path ends at the set. */
export function wirePath(path: Path): AttributePath {
  const end = path.findIndex((step) => 'element' in step);
  return { steps: (end < 0 ? path : path.slice(0, end)).map(wireStep) };
}

function wireStep(step: Step): AttributePath_Step {
  if ('attribute' in step) return { selector: { $case: 'attributeName', value: step.attribute } };
  if ('key' in step) return { selector: { $case: 'elementKeyString', value: step.key } };
  return { selector: { $case: 'elementKeyInt', value: BigInt('index' in step ? step.index : 0) } };
}
