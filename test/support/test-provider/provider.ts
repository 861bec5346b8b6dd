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
import { jar } from './bucket';
import { cook } from './define';
import { openStore } from './store';
import { dish } from './widget';

/** A provider for tests alone, with something of everything that the framework offers. */
export const kitchen = cook.provider({
  name: 'kitchen',
  source: 'test/kitchen',
  version: '1.0.0',
  description: 'Keeps dishes in a JSON file.',
  attributes: {
    folder: optional(t.string, {
      description: 'The folder of the file; it must exist.',
      validate: [nonEmpty],
    }),
    key: optional(t.string, { description: 'Not used.', sensitive: true, validate: [nonEmpty] }),
    staff: optional(t.nested({ cook: optional(t.string, { description: 'Who cooks.' }) }), {
      description: 'Who works here.',
    }),
  },
  validate: (config) =>
    config.staff !== null && !isUnknown(config.staff) && config.staff.cook === null
      ? [warningDiagnostic('Nobody cooks', 'The staff has no cook.', [{ attribute: 'staff' }])]
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
  resources: [dish, jar],
  dataSources: [],
});
