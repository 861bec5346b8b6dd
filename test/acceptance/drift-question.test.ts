import { type Engine, engines } from '../support/terraform';
import { at, kinds, plain, setUpDrift } from './drift-support';
import { openDomo, tearDown } from './setup';

afterAll(tearDown);

describe.each(engines())('the question with $name', (engine: Engine) => {
  // Not concurrent: they share a workspace and its reports.
  let setup: Awaited<ReturnType<typeof setUpDrift>>;

  /** Clients of which one was revoked. */
  beforeAll(async () => {
    setup = await setUpDrift(engine, 'node', plain);
    await setup.revoke('one');
  });

  it('looks at all of it, and at Domo, whatever the environment says', async () => {
    setup.governance.write('own values.tfvars', '');
    // The spellings of these options are the matter of drift-options.test.ts.
    const { code, json, text } = await setup.drift({
      TF_CLI_ARGS: "-destroy -no-color -var-file='own values.tfvars'",
      TF_CLI_ARGS_plan: `-refresh=0 -target='${at('two')}' -lock-timeout=1m`,
      TF_CLI_ARGS_show: '-no-color',
    });
    expect([code, kinds(json.findings), json.partial]).toEqual([2, ['revoked'], false]);
    for (const ignored of [
      '-destroy in TF_CLI_ARGS',
      '-refresh in TF_CLI_ARGS_plan',
      '-target in TF_CLI_ARGS_plan',
    ])
      expect(text).toContain(`drift.sh: ${ignored} is ignored`);
  });

  it('is not answered by an instance that the clients are not on', async () => {
    const { url, token } = await openDomo();
    for (const args of [[], ['--', '-refresh-only']]) {
      const { code, text, json } = await setup.drift(
        { DOMO_BASE_URL: url, DOMO_ACCESS_TOKEN: token },
        ...args,
      );
      expect([args, code, json.findings]).toEqual([args, 1, []]);
      expect(text).toContain('Could not tell');
      expect(JSON.stringify(json.errors)).toContain(
        args.length === 0 ? 'The state belongs to another instance' : 'An API client was not refreshed',
      );
    }
  });

  it('says that it was asked about a part, and refuses what shows no drift', async () => {
    const { drift } = setup;
    const other = await drift({}, '--', '-target', at('two'));
    expect([other.code, other.json.partial, other.json.findings]).toEqual([0, true, []]);
    expect(other.text).toContain('No drift (partial): governance');
    expect(other.markdown).toContain('What was checked matches the state.');
    const again = await drift({}, '--', '-refresh-only');
    expect([again.code, again.json.partial, kinds(again.json.findings)]).toEqual([2, true, ['revoked']]);
    for (const option of ['-refresh=false', '--destroy']) {
      const { code, json } = await drift({}, '--', option);
      expect([code, json.errors[0]?.message]).toEqual([1, expect.stringContaining('cannot be passed on')]);
    }
  });
});
