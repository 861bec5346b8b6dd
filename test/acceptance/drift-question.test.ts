import { type Engine, engines } from '../support/terraform';
import { at, kinds, plain, setUpDrift } from './drift-support';
import { openDomo, tearDown } from './setup';

afterAll(tearDown);

describe.each(engines())('the question with $name', (engine: Engine) => {
  it.concurrent('looks at all of it, and at Domo, whatever the environment says', async () => {
    const { work, drift, revoke } = await setUpDrift(engine, 'node', plain);
    work.write('governance/own values.tfvars', '');
    await revoke('one');
    for (const env of [
      { TF_CLI_ARGS_plan: '-refresh=false' },
      { TF_CLI_ARGS_plan: `-target='${at('two')}' -lock-timeout=1m` },
      { TF_CLI_ARGS: "-destroy -var-file='own values.tfvars'" },
      { TF_CLI_ARGS: '-no-color', TF_CLI_ARGS_plan: '-refresh=0', TF_CLI_ARGS_show: '-no-color' },
    ]) {
      const { code, json, text } = await drift(env);
      expect([code, kinds(json.findings), json.partial]).toEqual([2, ['revoked'], false]);
      expect(text).toMatch(/drift\.sh: -\w+ in TF_CLI_ARGS\w* is ignored/);
    }
  });

  it.concurrent('is not answered by an instance that the clients are not on', async () => {
    const { drift } = await setUpDrift(engine, 'node', plain);
    const { url, token } = await openDomo();
    for (const args of [[], ['--', '-refresh-only']]) {
      const { code, text, json } = await drift({ DOMO_BASE_URL: url, DOMO_ACCESS_TOKEN: token }, ...args);
      expect([args, code, json.findings]).toEqual([args, 1, []]);
      expect(text).toContain('Could not tell');
      expect(JSON.stringify(json.errors)).toContain(
        args.length === 0 ? 'The state belongs to another instance' : 'An API client was not refreshed',
      );
    }
  });

  it.concurrent('says that it was asked about a part, and refuses what shows no drift', async () => {
    const { drift, revoke } = await setUpDrift(engine, 'node', plain);
    await revoke('one');
    const other = await drift({}, '--', `-target=${at('two')}`);
    expect([other.code, other.json.partial, other.json.findings]).toEqual([0, true, []]);
    expect(other.text).toContain('No drift (partial): governance');
    expect(other.markdown).toContain('What was checked matches the state.');
    const one = await drift({}, '--', '-target', at('one'));
    expect([one.code, one.json.partial, kinds(one.json.findings)]).toEqual([2, true, ['revoked']]);
    const again = await drift({}, '--', '-refresh-only');
    expect([again.code, again.json.partial, kinds(again.json.findings)]).toEqual([2, true, ['revoked']]);
    for (const option of ['-refresh=false', '--destroy']) {
      const { code, json } = await drift({}, '--', option);
      expect([code, json.errors[0]?.message]).toEqual([1, expect.stringContaining('cannot be passed on')]);
    }
  });
});
