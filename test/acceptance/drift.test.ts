import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempFolder } from '../support/temp';
import { type Engine, engines } from '../support/terraform';
import { buildTestProvider, testProviderMirror } from '../support/test-provider/build';
import { type StoreContent, storeFile } from '../support/test-provider/store';
import { isThorough } from '../support/thorough';
import { until } from '../support/until';
import {
  at,
  clients,
  kinds,
  layOutDrift,
  pathWith,
  plain,
  readers,
  requirement,
  script,
  setUpDrift,
} from './drift-support';
import { tearDown } from './setup';

afterAll(tearDown);

const testProvider = testProviderMirror(buildTestProvider('compiled'));

/** What a configuration says that looks for unmanaged clients; see examples/unmanaged/warn. */
const unmanaged = `data "domo_api_clients" "all" {}
locals {
  unmanaged = [for c in data.domo_api_clients.all.clients : c if !contains([for t in domo_api_client.team : t.name], c.name)]
}
check "unmanaged" {
  assert {
    condition     = length(local.unmanaged) == 0
    error_message = "Unmanaged: \${join(", ", local.unmanaged[*].name)}"
  }
}
output "unmanaged_api_clients" {
  value = local.unmanaged
}
`;

describe.each(engines())('with $name', (engine: Engine) => {
  // That both read a plan alike is the matter of drift-readers.test.ts.
  describe.each(readers().slice(0, isThorough ? 2 : 1))('and %s', (reader) => {
    const setUp = (configuration: string) => setUpDrift(engine, reader, configuration);

    it.concurrent('ends with 0 if Domo is as the state says, and with 2 if a condition failed', async () => {
      const { configure, drift, byHand } = await setUp(`${plain}data "domo_api_clients" "all" {
  lifecycle {
    postcondition {
      condition     = !contains(self.names, "stranger")
      error_message = "A stranger | is here."
    }
  }
}
`);
      const clean = await drift();
      expect([clean.code, clean.json.result, clean.json.not_drift]).toEqual([0, 'no-drift', []]);
      expect(clean.text).toContain('No drift: governance');
      expect(clean.markdown).toContain('Domo matches the state.');
      expect(clean.junit).toContain('tests="1" failures="0" errors="0" skipped="0"');

      await byHand('stranger', 'data');
      const failed = await drift();
      expect([failed.code, failed.json.errors]).toEqual([2, []]);
      expect(failed.json.findings).toEqual([
        { kind: 'check', address: 'data.domo_api_clients.all', message: 'A stranger | is here.' },
      ]);
      expect(failed.markdown).toContain('| `A stranger \\u007c is here.` |');

      // Nothing looks for strangers here, and what is not applied yet is no drift.
      configure(`${requirement}${clients('one', 'two', 'four')}
moved {
  from = domo_api_client.team["three"]
  to   = domo_api_client.team["four"]
}
output "ids" {
  value = [for client in domo_api_client.team : client.id]
}
data "domo_api_client" "late" {
  id = domo_api_client.team["four"].id
}
check "late" {
  assert {
    condition     = domo_api_client.team["four"].id != ""
    error_message = "Never."
  }
}
`);
      const { code, json, junit } = await drift();
      expect(code).toBe(0);
      expect([json.errors, json.findings]).toEqual([[], []]);
      expect(json.not_drift).toEqual([
        { kind: 'pending', address: at('four'), action: 'delete and create' },
        { kind: 'moved', address: at('four'), message: `It was ${at('three')}.` },
        { kind: 'read', address: 'data.domo_api_client.late' },
        { kind: 'output', address: 'ids' },
        { kind: 'not-evaluated', address: 'check.late' },
      ]);
      expect(junit).toContain('<skipped message="not evaluated"/>');
    });

    it.concurrent('ends with 2 if a client was revoked, or made again, and changes nothing', async () => {
      const variable = 'variable "names" {\n  type    = set(string)\n  default = ["one", "three"]\n}\n';
      const dynamic = clients('x').replace('toset(["x"])', 'var.names');
      const { sandbox, work, governance, temp, idOf, drift, revoke, byHand } = await setUp(
        requirement + variable + dynamic,
      );
      const [first, third] = [await idOf('one'), await idOf('three')];
      for (const name of ['one', 'three']) await revoke(name);
      const made = await byHand('three', 'data', 'audit');
      const [state, before] = [governance.read('terraform.tfstate'), await sandbox.ids()];
      const passedOn = ['-var=names=["one", "two", "three"]', '-refresh=true'];
      const { code, json, markdown, junit } = await drift({}, '--', ...passedOn);
      expect(code).toBe(2);
      expect(json).toMatchObject({ result: 'drift', errors: [] });
      expect(json.not_drift).toEqual([{ kind: 'pending', address: at('two'), action: 'create' }]);
      const scopes = ['data', 'user'];
      const on = expect.stringMatching(/^127\.0\.0\.1:\d+$/);
      expect(json.findings).toEqual([
        { kind: 'revoked', address: at('one'), name: 'one', id: first, instance: on, scopes },
        {
          kind: 'recreated',
          address: at('three'),
          name: 'three',
          id: third,
          instance: on,
          scopes,
          new_id: made,
          new_scopes: ['audit', 'data'],
        },
      ]);
      expect(markdown).toMatch(/\*\*revoked\*\* \| `one` \(id `\d+`\) on `[\d.]+:\d+` \|/);
      expect(markdown).toContain(
        `with the id \`${made}\`; its scopes were \`data, user\`, and are now \`audit, data\`.`,
      );
      expect(junit).toContain('tests="2" failures="2" errors="0" skipped="0"');
      expect(junit).toMatch(/name="one \(id \d+\) on [\d.]+:\d+"><failure message="revoked">/);

      expect(readdirSync(temp)).toEqual([]);
      const left = readdirSync(`${work.folder}/governance`);
      const own = /^(\.terraform|main\.tf|terraform\.tfstate)/;
      expect(left.filter((name) => !own.test(name))).toEqual([]);
      expect(governance.read('terraform.tfstate')).toBe(state);
      expect(await sandbox.ids()).toEqual(before);
    });

    it.concurrent('names unmanaged clients and the checks that failed, unless it could not tell', async () => {
      const { sandbox, configure, drift, revoke, byHand } = await setUp(plain + unmanaged);
      const stranger = await byHand('stranger', 'audit');
      const odd = '[x](http://evil.example) `a` | <b> & "q" \'s\' @all #1 \\n *b*';
      await byHand(odd, 'data');
      await revoke('two');
      const again = await byHand('two', 'data', 'user');
      const { code, json, markdown, junit } = await drift();
      expect(code).toBe(2);
      expect(json.findings).toEqual([
        expect.objectContaining({
          kind: 'recreated',
          name: 'two',
          new_id: again,
          new_scopes: ['data', 'user'],
        }),
        {
          kind: 'unmanaged',
          name: 'stranger',
          id: stranger,
          scopes: ['audit'],
          message: expect.stringMatching(/^Owner: user \d+\.$/),
          import_block: `import {\n  provider = domo\n  to       = domo_api_client.stranger_${stranger}\n  id       = "id:${stranger}"\n}`,
        },
        expect.objectContaining({ kind: 'unmanaged', name: odd }),
        { kind: 'check', address: 'check.unmanaged', message: `Unmanaged: stranger, ${odd}` },
      ]);
      expect(kinds(json.not_drift)).toEqual(['output']);
      expect(markdown).toContain('and the same scopes (`data, user`)');
      // What a client is called is shown as a name, and as nothing more.
      expect(markdown).not.toMatch(/\]\(|http:\/\/|<b>|@all|#1/);
      const row = markdown.split('\n').findLast((line) => line.includes('unmanaged**'));
      expect(row).toMatch(
        /^\| \*\*unmanaged\*\* \| `[^`|]*` \(id `\d+`\) \| {2}\| `[^`|]*` Scopes: `data`. To import it: `import {`(<br>`[^`|]*`){4} \|$/,
      );
      expect(junit).toContain('&lt;b&gt; &amp; &quot;q&quot;');

      const withErrors = async (env: Record<string, string> = {}, ...args: string[]) => {
        const told = await drift(env, ...args);
        expect([told.code, told.json.result]).toEqual([1, 'could-not-tell']);
        expect(told.json.errors).not.toEqual([]);
        expect(told.markdown).toContain('## Could not tell');
        expect(told.junit).toContain('<error message="could not tell">');
        return told.json.errors.map(({ message }) => message).join('\n');
      };
      const wrong = { DOMO_ACCESS_TOKEN: 'fake-token-that-is-wrong' };
      expect(await withErrors(wrong)).toContain('Domo rejected the credentials');
      const creator = sandbox.settingsOf('creator');
      expect(await withErrors(creator)).toContain('The API client cannot be seen');
      expect(await withErrors({ TF: '/nowhere/terraform' })).toContain('There is no plan.');
      // To the script these are like a wrong token and a malformed configuration.
      if (isThorough) {
        const nowhere = { DOMO_BASE_URL: 'http://127.0.0.1:9' };
        expect(await withErrors(nowhere)).toContain('Could not connect to Domo');
        expect(await withErrors(sandbox.settingsOf('guest'))).toContain('Domo rejected the request');
        expect(await withErrors({}, '--', '-var=nothing=1')).toMatch(/undeclared variable/);
      }
      const nested = `check "nested" {
  data "domo_api_client" "gone" {
    name = "gone"
  }
  assert {
    condition     = data.domo_api_client.gone.id != ""
    error_message = "Never."
  }
}
`;
      configure(plain + nested);
      expect(await withErrors()).toContain('There is no such API client');
      configure('resource {');
      expect(await withErrors()).toMatch(/Missing|Invalid/);
    });

    it.concurrent('lists drift of other providers apart, and counts it', async () => {
      const store = tempFolder('store');
      const buckets = `provider "test" {
  folder = ${JSON.stringify(store)}
}
resource "test_bucket" "logs" {
  count  = 2
  region = "eu"
  name   = "logs-\${count.index}"
  bytes  = 1
}
`;
      const both = plain.replace(
        'required_providers {',
        'required_providers {\n    test = { source = "example/test" }',
      );
      const { drift } = await setUpDrift(engine, reader, both + buckets, [testProvider]);
      const file = join(store, storeFile);
      const { next, objects } = JSON.parse(readFileSync(file, 'utf8')) as StoreContent;
      const [smaller = '', bucket] = Object.entries(objects)[1] ?? [];
      const state = { ...(bucket?.state as object), bytes: '7' };
      writeFileSync(file, JSON.stringify({ next, objects: { [smaller]: { ...bucket, state } } }));
      const { code, json } = await drift();
      expect(code).toBe(2);
      expect(kinds(json.findings)).toEqual(['other', 'other']);
      expect(json.findings.map(({ action }) => action).sort()).toEqual(['delete', 'update']);
      expect(json.not_drift).toEqual([]);
    });

    it.concurrent('deletes the plan and still reports after SIGTERM to the script, and after Ctrl-C', async () => {
      const { sandbox, start, told, temp } = await layOutDrift(engine, reader, plain);
      for (const what of ['SIGTERM', 'Ctrl-C']) {
        await sandbox.control('POST', 'faults', { path: '/api/identity', delay: 3_000, count: 9 });
        await sandbox.control('DELETE', 'requests');
        const running = start();
        const isAsked = async () => JSON.stringify(await sandbox.control('GET', 'requests')) !== '{}';
        await until('the plan', isAsked);
        expect(readdirSync(temp)).not.toEqual([]);
        if (what === 'Ctrl-C') running.interrupt();
        else process.kill(running.pid, 'SIGTERM');
        const { code, json } = await told(running);
        expect([what, code]).toEqual([what, 1]);
        expect(json.errors.map(({ message }) => message)).toContain(
          'Interrupted before the plan was complete.',
        );
        expect(readdirSync(temp)).toEqual([]);
      }
    });
  });

  it('says what is missing on the machine, and how it is called', async () => {
    const { work, drift } = await layOutDrift(engine, 'node', plain);
    const basics = ['sh', 'awk', 'basename', 'cat', 'date', 'dirname', 'grep', 'mktemp', 'rm'];
    const PATH = pathWith(basics);
    expect((await drift({ PATH })).json.errors[0]?.message).toContain('Neither jq nor node was found');
    expect((await drift({ PATH, TF: '' })).json.errors[0]?.message).toContain('Neither terraform nor tofu');
    for (const [args, complaint] of [
      [[], 'DIR is missing'],
      [['a', 'b'], 'DIR is given twice'],
      [['--html', 'x'], 'there is no option --html'],
      [['governance', '--json'], '--json needs a file'],
      [['governance', '--json', '/nowhere/x'], '/nowhere/x cannot be written'],
    ] as const) {
      const { code, text } = await work.program(script, [...args]).done;
      expect([code, text]).toEqual([1, expect.stringContaining(complaint)]);
      expect(text).toContain('usage: drift.sh DIR');
    }
    const alone = join(tempFolder('alone'), 'drift.sh');
    copyFileSync(script, alone);
    const { code, text } = await work.program(alone, ['governance']).done;
    expect([code, text]).toEqual([1, expect.stringContaining('report.awk is missing: copy it there')]);
  });
});
