import { Decoder, Encoder, ExtensionCodec } from '@msgpack/msgpack';
import { failure } from '../../framework/diagnostics';
import { isUnknown, unknown, type WireValue } from '../../framework/schema/unknown';
import type { DynamicValue } from '../generated/tfplugin6';
import { parseJson } from './json';

/** Terraform's marks for unknown values: 0 carries nothing, 12 what is known about the value, which we do not use. */
const extensions = new ExtensionCodec();
extensions.register({
  type: 0,
  encode: (value) => (isUnknown(value) ? new Uint8Array(1) : null),
  decode: () => unknown,
});
extensions.register({ type: 12, encode: () => null, decode: () => unknown });

const decoder = new Decoder<undefined>({ extensionCodec: extensions, useBigInt64: true });
const encoder = new Encoder<undefined>({ extensionCodec: extensions, useBigInt64: true });

/** Reads a value from Terraform, which means null if it sends none. */
export function fromWire(value: DynamicValue | undefined): WireValue {
  if (value === undefined) return null;
  if (value.msgpack.length === 0) return value.json.length > 0 ? parseJson(value.json) : null;
  try {
    return decoder.decode(value.msgpack) as WireValue;
  } catch {
    throw failure(
      'A value cannot be read',
      'It is not well-formed msgpack. This is a bug in Terraform or OpenTofu.',
    );
  }
}

export function toWire(value: WireValue): DynamicValue {
  return { msgpack: Buffer.from(encoder.encode(value)), json: Buffer.alloc(0) };
}
