declare const brand: unique symbol;

/** A value that Terraform will only know after something has been applied. */
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
 * A value as the wire carries it, before any schema was applied to it.
 * A number is a string of decimal digits where a JavaScript number cannot hold it exactly.
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
