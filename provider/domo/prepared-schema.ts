/**
 * The answer to GetProviderSchema, in base64: in a bundle, `scripts/build/prepared-schema.ts` puts it here. Undefined
 * wherever the code runs as it is, which then makes the answer when it is asked for.
 */
export const preparedSchema: string | undefined = undefined;
