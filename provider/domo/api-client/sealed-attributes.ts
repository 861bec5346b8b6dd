import {
  attributePath,
  computed,
  type Diagnostic,
  errorDiagnostic,
  isUnknown,
  type Modifier,
  optional,
  root,
  t,
  type Unknown,
  useStateForUnknown,
} from '../../framework';
import { isSameKey, readPublicKey, type Unusable, wantedKey } from '../sealing/public-key';

/** A secret that is left only in its sealed form cannot be sealed for another key. */
const requiresReplaceIfSealed: Modifier = {
  note: 'Changing the key of a sealed secret replaces the resource.',
  modify: ({ changed, planned, state }) => ({
    replace: changed && !isUnknown(planned) && (state?.encrypted_client_secret ?? null) !== null,
  }),
};

export const publicKey = optional(t.string, {
  description:
    'Encrypts the client secret before it is stored, so that it is never in a plan or state in plain text: a PEM public key (RSA, 2048 bits or more) or age recipients (`age1…`), one per line. A secret that is already in the state is encrypted in place.',
  equivalent: isSameKey,
  plan: [requiresReplaceIfSealed],
});

export const encryptedSecret = computed(t.string, {
  description:
    'The client secret, encrypted with `secret_public_key`: RSA-OAEP with SHA-256 in Base64, or an armored age file. Null without a key or after an import.',
  nullable: true,
  plan: [useStateForUnknown],
});

/** A key that can be judged as it is written is judged before anything is planned. */
export function checkConfiguredKey({
  secret_public_key: text,
}: {
  readonly secret_public_key: string | Unknown | null;
}): readonly Diagnostic[] {
  if (text === null || isUnknown(text)) return [];
  const key = readPublicKey(text);
  return key.kind === 'unusable' ? [unusableKey(key)] : [];
}

/** Without a path if the text may be a secret: engines show the value at the path of an error. */
export function unusableKey({ problem, isPublic }: Unusable, consequence = ''): Diagnostic {
  return errorDiagnostic(
    'The public key cannot be used',
    `"secret_public_key" must be ${wantedKey}. ${problem}.${consequence && ` ${consequence}.`}`,
    isPublic ? attributePath(root, 'secret_public_key') : root,
  );
}
