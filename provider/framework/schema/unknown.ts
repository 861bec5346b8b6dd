declare const brand: unique symbol;

/** A value that Terraform will know only after something has been applied. */
export interface Unknown {
  readonly [brand]: 'unknown';
}

/** The one unknown value; compare with {@link isUnknown}. */
export const unknown: Unknown = Object.freeze({
  toString: () => '(known after apply)',
}) as unknown as Unknown;

export function isUnknown(value: unknown): value is Unknown {
  return value === unknown;
}

/**
 * A value as it comes off the wire, before any schema is applied to it.
 * A number that a JavaScript number cannot hold exactly is a bigint or a string of decimal digits.
 */
export type WireValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Unknown
  | readonly WireValue[]
  | { readonly [name: string]: WireValue };
