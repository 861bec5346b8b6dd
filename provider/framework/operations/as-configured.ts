import { isRecord, same, wrongShape } from '../schema/codec';
import { root } from '../schema/path';
import { type Attributes, isComputed, type ObjectValue } from '../schema/schema';
import { walk } from './plan';

/** Engines reject a result in which a value is not as it was configured. Only what was left to the provider is free. */
export function assertAsConfigured(attributes: Attributes, config: ObjectValue, result: ObjectValue): void {
  walk(attributes, { config, prior: null, planned: result }, root, (attribute, values, path) => {
    const { planned } = values;
    const configured = values.config ?? null;
    const isFree = configured === null && isComputed(attribute);
    const isSame = attribute.type.nested
      ? sizeOf(configured) === sizeOf(planned)
      : same(attribute.type, configured, planned);
    if (!isFree && !isSame) throw wrongShape(path, 'is not what is configured');
    return planned;
  });
}

/** What is within nested attributes is compared by itself; an object has no size. */
function sizeOf(value: unknown): number | null {
  if (Array.isArray(value)) return value.length;
  return isRecord(value) ? 0 : null;
}
