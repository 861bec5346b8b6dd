import { paths } from '../support/fake-domo';
import { skipped } from '../support/skipped';
import { type Engine, engines, isAtLeast } from '../support/terraform';
import { until } from '../support/until';
import { setUp, tearDown } from './setup';

afterAll(tearDown);

/** Text as a person reads it, whatever width Terraform has broken it to. */
const plain = (text: string) => text.replace(/[\s│╷╵]+/g, ' ');

const action = (label: string, clients: string) =>
  `action "domo_revoke_api_clients" "${label}" {\n config {\n clients = {\n ${clients}\n }\n }\n}\n`;
const trigger = (label: string) =>
  `resource "terraform_data" "${label}" {\n lifecycle {\n action_trigger {\n events = [after_create]\n actions = [action.domo_revoke_api_clients.${label}]\n }\n }\n}\n`;
const invoke = '-invoke=action.domo_revoke_api_clients.rogue';

describe.each(engines())('with $name', (engine: Engine) => {
  const hasActions = isAtLeast(engine, 'terraform', 1, 14);

  it('revokes what the plan has listed, and nothing else', async () => {
    if (!hasActions) {
      skipped(`the action that revokes, with ${engine.name}`, 'it has no actions');
      return;
    }
    const { domo, work, configure } = await setUp(
      action('rogue', '1001 = "rogue"\n "1002" = "rogue & co"\n 9 = "gone"'),
      { engine },
    );
    domo.add({ name: 'rogue' });
    domo.add({ name: 'rogue &amp; co', userId: domo.me.id });
    domo.add({ name: 'kept' });

    const refused = await work.run('apply', '-no-color', invoke);
    const [beforeThePrompt = ''] = refused.text.split('Would you like to invoke');
    expect([refused.code, plain(beforeThePrompt)]).toEqual([
      1,
      expect.stringMatching(
        /Warning: API clients will be revoked .* This apply revokes, .* - API client "rogue" \(id 1001\), owned by user 22, .* - API client "rogue &amp; co" \(id 1002\), owned by user 11, .* Not in the list of API clients: API client "gone" \(id 9\)/,
      ),
    ]);
    expect(beforeThePrompt).not.toContain('similar warning');

    const saved = await work.run('plan', '-no-color', '-input=false', invoke, '-out=revoke.plan');
    expect([saved.code, plain(saved.text)]).toEqual([0, expect.stringContaining('(id 1002), owned by')]);
    domo.add({ name: 'made since' });
    expect(domo.count(`DELETE ${paths.client}`)).toBe(0);
    const { code, text } = await work.run('apply', '-no-color', '-input=false', 'revoke.plan');
    expect([code, plain(text)]).toEqual([
      0,
      expect.stringMatching(
        /1 of 3: API client "gone" \(id 9\) is not in .* 2 of 3: API client "rogue" \(id 1001\) is revoked .* 3 of 3: API client "rogue & co" \(id 1002\) is revoked .*Warning: .*API clients to revoke are not listed/,
      ),
    ]);
    expect([...domo.clients.values()].map(({ name }) => name)).toEqual(['kept', 'made since']);

    // Engines would show the warning of only one of these.
    configure(
      ['rogue', 'other']
        .map((label, index) =>
          action(label, `${1003 + index} = "${[...domo.clients.values()][index]?.name}"`),
        )
        .join('') +
        trigger('rogue') +
        trigger('other'),
    );
    const both = await work.run('plan', '-no-color', '-input=false');
    expect([both.code, plain(both.text)]).toEqual([
      1,
      expect.stringContaining('Two actions revoke API clients'),
    ]);
    expect(domo.clients.size).toBe(2);
  });

  it('is interrupted between two clients, and fails for those that are left', async () => {
    if (!hasActions) {
      skipped(`the action that is interrupted, with ${engine.name}`, 'it has no actions');
      return;
    }
    const { domo, work } = await setUp(action('rogue', '1001 = "a"\n 1002 = "b"\n 1003 = "c"'), { engine });
    for (const name of ['a', 'b', 'c']) domo.add({ name });
    domo.fail({ method: 'DELETE', path: `${paths.clients}/1001`, delay: 1500 });
    const applying = work.start('apply', '-auto-approve', '-no-color', '-input=false', invoke);
    await until('the first revocation', () => domo.count(`DELETE ${paths.client}`) > 0);
    applying.interrupt();
    const { code, text } = await applying.done;
    expect([code, plain(text)]).toEqual([
      1,
      expect.stringMatching(
        /Not all API clients were revoked:? .* - API client "b" \(id 1002\) - API client "c" \(id 1003\) Invoke the action again/,
      ),
    ]);
    expect([...domo.clients.values()].map(({ name }) => name)).toEqual(['b', 'c']);
  });
});
