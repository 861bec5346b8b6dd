import { computed, failure, nonEmpty, required, t } from '../../framework';
import { define } from '../define';
import { open } from '../sealing/open';

export const decryptedSecret = define.ephemeralResource('decrypted_secret', {
  description:
    'Decrypts the secret of an API client that was sealed with `secret_public_key`, in memory only, for the write-only argument of a secret store. It needs no Domo instance. If a key management service holds the private key, let that service decrypt the secret instead.',
  attributes: {
    encrypted_client_secret: required(t.string, {
      description: 'The `encrypted_client_secret` of a `domo_api_client`.',
      validate: [nonEmpty],
    }),
    private_key: required(t.string, {
      description:
        'The private key: PEM (RSA, without a passphrase), or age identities (`AGE-SECRET-KEY-…`), one per line.',
      sensitive: true,
      validate: [nonEmpty],
    }),
    client_secret: computed(t.string, { description: 'The OAuth client secret.', sensitive: true }),
  },
  async open({ client: domo }, config) {
    domo.hide(config.private_key);
    const opened = await open(config.encrypted_client_secret, config.private_key);
    if ('problem' in opened) {
      const subject =
        opened.blames === 'key' ? '"private_key" cannot be used' : 'The secret could not be decrypted';
      // Without a path: engines show the value at the path of an error.
      throw failure('Could not decrypt the secret', `${subject}: ${opened.problem}.`);
    }
    domo.hide(opened.secret);
    return { result: { ...config, client_secret: opened.secret } };
  },
});
