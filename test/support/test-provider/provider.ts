import {
  errorDiagnostic,
  Failure,
  isUnknown,
  nonEmpty,
  optional,
  root,
  t,
  warningDiagnostic,
} from '../../../provider/framework';
import { bucket } from './bucket';
import { define } from './define';
import { broken, firstOf, joinWords, labelOf } from './functions';
import { lease } from './lease';
import { notify } from './notify';
import { shelf } from './shelf';
import { shelves } from './shelf-list';
import { openStore } from './store';
import { vaultSecret } from './vault-secret';
import { widget } from './widget';

/** A provider for tests alone, with something of everything that the framework offers. */
export const testProvider = define.provider({
  name: 'test',
  source: 'example/test',
  version: '1.0.0',
  description: 'Keeps its objects in a JSON file.',
  attributes: {
    folder: optional(t.string, {
      description: 'The folder of the file; it must exist.',
      validate: [nonEmpty],
    }),
    key: optional(t.string, { description: 'Not used.', sensitive: true, validate: [nonEmpty] }),
    contact: optional(t.nested({ email: optional(t.string, { description: 'An e-mail address.' }) }), {
      description: 'Whom to ask.',
    }),
  },
  validate: (config) =>
    config.contact !== null && !isUnknown(config.contact) && config.contact.email === null
      ? [
          warningDiagnostic('No e-mail address', 'The contact has no e-mail address.', [
            { attribute: 'contact' },
          ]),
        ]
      : [],
  configure(_, { folder }) {
    if (folder === null) {
      throw new Failure([errorDiagnostic('No folder', 'Set "folder".', [{ attribute: 'folder' }])]);
    }
    return {
      store() {
        if (!isUnknown(folder)) return openStore(folder);
        throw new Failure(
          [errorDiagnostic('The folder is not known yet', '"folder" is known after an apply.', root)],
          'PROVIDER_CONFIG_UNKNOWN',
        );
      },
    };
  },
  resources: [widget, bucket, shelf, vaultSecret],
  dataSources: [],
  ephemeralResources: [lease],
  actions: [notify],
  functions: [joinWords, labelOf, firstOf, broken],
  listResources: [shelves],
});
