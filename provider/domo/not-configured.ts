import { errorDiagnostic, Failure, type Path } from '../framework';

/**
 * The failure for what needs settings that Terraform knows only after an apply. An engine that can put the work off does so.
 *
 * @param what as in "The provider's api_url depends on something …, so Domo cannot be reached yet": the arguments, and what follows
 */
export function notConfiguredYet(what: { arguments: readonly string[]; so: string }, path?: Path): Failure {
  return new Failure(
    [
      errorDiagnostic(
        'The provider is not fully configured yet',
        `The provider's ${what.arguments.join(', ')} depends on something that Terraform only knows after an apply, so ${what.so}. Apply that first (terraform apply -target=…), or give the provider a known value.`,
        path,
      ),
    ],
    'PROVIDER_CONFIG_UNKNOWN',
  );
}
