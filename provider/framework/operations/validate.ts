import { type Diagnostic, diagnosticsOf, errorDiagnostic, Failure } from '../diagnostics';
import { decodeObject } from '../schema/codec';
import { formatPath, type Path, root, type Step } from '../schema/path';
import type { Attribute, Attributes, ObjectValue } from '../schema/schema';
import { isUnknown, type WireValue } from '../schema/unknown';
import type { Validator } from '../schema/validators';
import { walk } from './plan';

/** Applies every rule of the schema to a configuration, and then the rules that involve several attributes. */
export function validateConfig(
  attributes: Attributes,
  wire: WireValue,
  whole: ((config: never) => readonly Diagnostic[]) | undefined,
  writeOnlyAllowed: boolean,
): readonly Diagnostic[] {
  let config: ObjectValue;
  try {
    config = decodeObject(attributes, wire, root);
  } catch (thrown) {
    return diagnosticsOf(thrown);
  }
  const diagnostics: Diagnostic[] = [];
  const secrets = new Set<Step | undefined>();
  walk(attributes, { config, prior: null, planned: config }, root, (attribute, { planned: value }, path) => {
    if (value === null && attribute.presence === 'required') diagnostics.push(missing(path));
    if (value !== null && attribute.presence === 'computed') diagnostics.push(readOnly(path));
    if (value !== null && !isUnknown(value)) {
      if (attribute.sensitive || attribute.writeOnly) secrets.add(path.at(-1));
      if (attribute.validate.length > 0) {
        // A path shares its steps with the paths below it.
        const quotable = !path.some((step) => secrets.has(step));
        diagnostics.push(...broken(attribute, value, path, quotable));
      }
      if (attribute.writeOnly && !writeOnlyAllowed) diagnostics.push(writeOnlyUnsupported(path));
    }
    return value;
  });
  return [...diagnostics, ...(whole?.(config as never) ?? [])];
}

function broken(attribute: Attribute, value: unknown, path: Path, quotable: boolean): readonly Diagnostic[] {
  return attribute.validate.flatMap((validator: Validator<never>) => {
    const complaint = validator.check(value as never);
    if (complaint === undefined) return [];
    const { subject = 'The value', rule } = validator;
    const sentence = `${subject} of "${formatPath(path)}" ${rule}${elsewhere(attribute)}.`;
    // The complaint may quote the value.
    const detail = quotable ? `${sentence} ${complaint}`.trimEnd() : sentence;
    return [errorDiagnostic(`Invalid ${formatPath(path)}`, detail, path)];
  });
}

/** Where else the value may come from. */
const elsewhere = ({ environment: [variable] }: Attribute) =>
  variable === undefined ? '' : ` (environment: ${variable})`;

// Terraform checks these two itself, except inside nested attributes.

function missing(path: Path): Diagnostic {
  return errorDiagnostic(
    `Missing ${formatPath(path)}`,
    `"${formatPath(path)}" is required and must not be null.`,
    path,
  );
}

function readOnly(path: Path): Diagnostic {
  return errorDiagnostic(
    `Read-only ${formatPath(path)}`,
    `The provider sets "${formatPath(path)}". Remove it from the configuration.`,
    path,
  );
}

function writeOnlyUnsupported(path: Path): Diagnostic {
  return errorDiagnostic(
    'Write-only attributes need a newer Terraform',
    `"${formatPath(path)}" is write-only, which needs Terraform 1.11 or newer. Upgrade Terraform, or remove the attribute.`,
    path,
  );
}

/** For values in which the engine should have left nothing unknown. */
export function assertKnown(attributes: Attributes, values: ObjectValue): void {
  walk(attributes, { config: values, prior: null, planned: values }, root, (_, { planned: value }, path) => {
    if (isUnknown(value)) {
      throw new Failure([
        errorDiagnostic(
          'A value is still unknown',
          `"${formatPath(path)}" must be known by now. This is a bug in Terraform or OpenTofu; please report it there.`,
          path,
        ),
      ]);
    }
    return value;
  });
}

interface Validated {
  readonly attributes: Attributes;
  validate?(config: never): readonly Diagnostic[];
}

/**
 * Decodes a configuration that an engine has validated, and checks what was unknown at that time. Throws if there is
 * an error; a warning has been shown by the validation.
 */
export function checkedConfig(
  { attributes, validate }: Validated,
  wire: WireValue,
  writeOnlyAllowed = false,
): ObjectValue {
  const problems = validateConfig(attributes, wire, validate, writeOnlyAllowed);
  if (problems.some(({ severity }) => severity === 'error')) throw new Failure(problems);
  return decodeObject(attributes, wire, root);
}

/** The same, for what is done only with values that are known. */
export function knownConfig(definition: Validated, wire: WireValue, writeOnlyAllowed = false): ObjectValue {
  const config = checkedConfig(definition, wire, writeOnlyAllowed);
  assertKnown(definition.attributes, config);
  return config;
}
