import { failure } from '../../framework/diagnostics';
import type { WireValue } from '../../framework/schema/unknown';
import type { DynamicValue } from '../generated/tfplugin6';
import { parseJson } from './json';
import { readMsgpack } from './msgpack-reader';
import { writeMsgpack } from './msgpack-writer';

const noJson = Buffer.alloc(0);

/** Reads a value from Terraform, which means null if it sends none. */
export function fromWire(value: DynamicValue | undefined): WireValue {
  if (value === undefined) return null;
  if (value.msgpack.length === 0) return value.json.length > 0 ? parseJson(value.json) : null;
  try {
    return readMsgpack(value.msgpack);
  } catch {
    throw failure(
      'A value cannot be read',
      'It is not well-formed msgpack. This is a bug in Terraform or OpenTofu.',
    );
  }
}

export function toWire(value: WireValue): DynamicValue {
  return { msgpack: writeMsgpack(value), json: noJson };
}
