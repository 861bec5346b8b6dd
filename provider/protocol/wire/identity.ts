import { isRecord, typeMismatch } from '../../framework/schema/codec';
import { root } from '../../framework/schema/path';
import type { WireValue } from '../../framework/schema/unknown';
import type { ResourceIdentityData } from '../generated/tfplugin6';
import { fromWire, toWire } from './values';

export function wireIdentity(identity: WireValue): ResourceIdentityData | undefined {
  return identity === null ? undefined : { identityData: toWire(identity) };
}

export function identityValues(identity: ResourceIdentityData): Readonly<Record<string, string | null>> {
  const values = fromWire(identity.identityData);
  if (!isRecord(values)) throw typeMismatch(root, 'An identity');
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? value : null]),
  );
}
