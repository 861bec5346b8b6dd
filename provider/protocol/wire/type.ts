import { mapRecord } from '../../framework/schema/codec';
import type { Type } from '../../framework/schema/schema';

/** A type in its wire form, which is JSON. */
export function wireType(type: unknown): Buffer {
  return Buffer.from(JSON.stringify(type));
}

/** The type of a parameter: its objects say which of their attributes a call may leave out. */
export function parameterType({ cty, nested }: Type): unknown {
  if (!nested) return cty;
  const optional = Object.entries(nested.attributes).flatMap(([name, { presence }]) =>
    presence === 'required' ? [] : [name],
  );
  const attributes = mapRecord(nested.attributes, ({ type }) => parameterType(type));
  const object = optional.length === 0 ? ['object', attributes] : ['object', attributes, optional];
  return nested.mode === 'single' ? object : [nested.mode, object];
}
