import { failure, isUnknown, nonEmpty, optional, required, t, writeOnly } from '../../../provider/framework';
import { define } from './define';

const type = 'notice';

/** An action that keeps what it was told in the store. */
export const notify = define.action('notify', {
  description: 'Sends a notice.',
  attributes: {
    message: required(t.string, { description: 'What to say.', validate: [nonEmpty] }),
    wrong: optional(t.string, { description: 'What goes wrong: plan, fail or wait.' }),
    code: writeOnly(t.string, { description: 'A secret.', sensitive: true }),
  },
  async plan({ warn }, { message, wrong }) {
    if (wrong === 'plan') throw failure('Not planned', 'It was asked not to be.');
    if (!isUnknown(message) && message === 'warn') warn('Planned', 'A notice will be sent.');
  },
  async invoke({ client, signal, progress, warn }, { message, wrong, code }) {
    progress(`Sending "${message}" ...`);
    if (wrong === 'wait') {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw failure('Interrupted', 'The notice was not sent.');
    }
    if (wrong === 'fail') throw failure('Not sent', `The code is ${code}.`);
    const id = client.store().nextId();
    client.store().put(id, { type, state: { message }, hidden: code });
    progress(`Sent as ${id}.`);
    if (code === null) warn('No code', 'The notice has no code.');
  },
});
