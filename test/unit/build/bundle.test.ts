import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseSync } from '@swc/core';
import { domoProvider } from '../../../provider/domo/provider';
import type { Provider } from '../../../provider/framework/provider';
import { encodedSchema } from '../../../provider/protocol/wire/schema';
import { bundlePlugin } from '../../../scripts/build/bundle';
import { withLazyRequires } from '../../../scripts/build/lazy-requires';
import { asText } from '../../../scripts/build/parsed-late';
import { withLazyProxies, withoutForms } from '../../../scripts/build/slim-axios';
import { removeTempFolders, tempFolder } from '../../support/temp';

afterAll(removeTempFolders);

/** Runs a module's source with modules that say when they are loaded. */
function run(source: string, modules: Record<string, object>) {
  const loaded: string[] = [];
  const module = { exports: {} as Record<string, unknown> };
  const load = (path: string) => {
    loaded.push(path);
    return modules[path];
  };
  new Function('require', 'exports', 'module', withLazyRequires(source))(load, module.exports, module);
  return { loaded, exports: module.exports };
}

/** A program's strings in their order, and the names that stand in it without being called or declared. */
function read(source: string) {
  const strings: string[] = [];
  const bare: string[] = [];
  function walk(node: unknown, role: string): void {
    if (Array.isArray(node)) for (const each of node) walk(each, role);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, value } = node as { type?: string; value?: unknown };
    if (type === 'StringLiteral') strings.push(String(value));
    if (type === 'Identifier' && value && role !== 'callee') bare.push(String(value));
    for (const [key, child] of Object.entries(node)) {
      // The name of a function, of a member, of a key: no use of a variable.
      if (key === 'span' || key === 'identifier' || key === 'key') continue;
      if (type === 'MemberExpression' && key === 'property' && child.type === 'Identifier') continue;
      walk(child, key);
    }
  }
  walk(parseSync(source, { syntax: 'ecmascript', target: 'es2022' }).body, 'body');
  return { strings, bare };
}

describe('requires that wait', () => {
  it('load at the first use, and once', () => {
    const { loaded, exports } = run(
      'const a_1 = require("./a");\nexports.twice = () => a_1.one + a_1.one;\nexports.made = () => new a_1.Thing();\n',
      { './a': { one: 1, Thing: class Thing {} } },
    );
    expect(loaded).toEqual([]);
    expect((exports.twice as () => number)()).toBe(2);
    expect((exports.made as () => object)().constructor.name).toBe('Thing');
    expect(loaded).toEqual(['./a']);
  });

  it('wait also where the module has the name of what it loads', () => {
    const { loaded, exports } = run('const zlib = require("zlib");\nexports.get = () => zlib.one;\n', {
      zlib: { one: 1 },
    });
    expect(loaded).toEqual([]);
    expect((exports.get as () => number)()).toBe(1);
  });

  it('load at the top what is used there, such as a class to extend', () => {
    const { loaded } = run('const a_1 = require("./a");\nexports.B = class B extends a_1.A {};\n', {
      './a': { A: class A {} },
    });
    expect(loaded).toEqual(['./a']);
  });

  it('are left alone where the module itself is handed on', () => {
    const source = 'const a_1 = require("./a");\nexports.all = a_1;\nexports.one = a_1.one;\n';
    expect(withLazyRequires(source)).toBe(source);
  });

  it('know a use behind the three dots of a spread', () => {
    const { loaded, exports } = run('const a_1 = require("./a");\nexports.all = () => [...a_1.list];\n', {
      './a': { list: [1, 2] },
    });
    expect(loaded).toEqual([]);
    expect((exports.all as () => number[])()).toEqual([1, 2]);
  });

  it('are left alone where a text with parts has the name', () => {
    const source = `const a_1 = require("./a");\nexports.text = () => \`one \${a_1.one}\`;\n`;
    expect(withLazyRequires(source)).toBe(source);
  });

  // The text is rewritten without being understood: here it is read as a program.
  it('leave no name of the installed grpc-js that is not called, and no string that is another', () => {
    const folder = join(dirname(require.resolve('@grpc/grpc-js/package.json')), 'build/src');
    let lazy = 0;
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
      const source = readFileSync(join(folder, file), 'utf8');
      const [before, after] = [read(source), read(withLazyRequires(source))];
      const names = [...withLazyRequires(source).matchAll(/^let (\w+)\$; function \1\(\)/gm)].map(
        ([, name]) => name,
      );
      lazy += names.length;
      expect({ file, strings: after.strings }).toEqual({ file, strings: before.strings });
      expect({ file, wrong: after.bare.filter((name) => names.includes(name)) }).toEqual({ file, wrong: [] });
    }
    expect(lazy).toBeGreaterThan(100);
  });

  it('touch neither strings, nor comments that count as uses, nor members of the same name', () => {
    const { exports } = run(
      'const a = require("./a");\n// only a here\nexports.text = "see a.one";\nexports.other = ({ a: { one: 2 } }).a.one;\nexports.get = () => a.one;\n',
      { './a': { one: 1 } },
    );
    expect([exports.text, exports.other, (exports.get as () => number)()]).toEqual(['see a.one', 2, 1]);
  });
});

describe('the bundle', () => {
  // What it holds, each start has to read. The rest of grpc-js and what that needs was half of it.
  it('has the server of grpc-js, and neither its clients nor a reader of protobuf definitions', async () => {
    const { outputs } = await bundlePlugin('provider/main.ts');
    const files = Object.values(outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
    );
    const ofGrpc = files.filter((file) => file.includes('node_modules/@grpc/')).map((file) => basename(file));
    expect(ofGrpc).toContain('server.js');
    expect(ofGrpc.filter((name) => /client|channel\.js|transport|load-balanc|resolver-/.test(name))).toEqual(
      [],
    );
    expect(files.filter((file) => /node_modules.*(protobufjs|proto-loader)/.test(file))).toEqual([]);
  });

  describe('of the provider', () => {
    let text: string;
    beforeAll(async () => {
      const bundle = join(tempFolder('bundle'), 'provider.cjs');
      await bundlePlugin('provider/main.ts', bundle);
      text = readFileSync(bundle, 'utf8');
    });

    it('has the answer to GetProviderSchema ready, as the code makes it', () => {
      const answer = encodedSchema(domoProvider as unknown as Provider<unknown>);
      expect(answer.length).toBeGreaterThan(10_000);
      expect(text.includes(`"${answer.toString('base64')}"`)).toBe(true);
    });

    // Of a text with any other, Node.js keeps two bytes for each: another megabyte in each process.
    it('has no character beyond ASCII', () => {
      expect(text.match(/.{0,30}[^\0-\x7f].{0,30}/g)).toBeNull();
    });
  });
});

describe('axios without what is not used', () => {
  it('takes its agent for proxies when there is one', () => {
    const slim = withLazyProxies(
      "import HttpsProxyAgent from 'https-proxy-agent';\nnew HttpsProxyAgent(x);\nif (!(y instanceof HttpsProxyAgent)) {}\n",
    );
    expect(slim).toBe(
      "const HttpsProxyAgent = () => require('https-proxy-agent');\nnew (HttpsProxyAgent())(x);\nif (!(y instanceof (HttpsProxyAgent()))) {}\n",
    );
  });

  it('stops a build in which axios is written in another way', () => {
    expect(() => withLazyProxies("import { Agent } from 'https-proxy-agent';")).toThrow('slim-axios.ts');
    expect(() => withoutForms('const FormDataCtor = G.FormData;')).toThrow('slim-axios.ts');
  });

  it("does not make Node.js load its own HTTP client, the one behind 'fetch'", async () => {
    const bundle = join(tempFolder('bundle'), 'exchange.cjs');
    await bundlePlugin('provider/domo/api/transport/exchange.ts', bundle);
    const script = `require(${JSON.stringify(bundle)}); console.log(process.moduleLoadList.join('\\n'));`;
    const loaded = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' });
    expect(loaded).toContain('NativeModule https');
    expect(loaded).not.toContain('undici');
  });
});

describe('a module that is parsed late', () => {
  it('exports what it did, and is a text until then', () => {
    const late = asText('class Thing { name = "a \\"quoted\\" `one`"; }\nexports.Thing = Thing;\n');
    const module = { exports: {} as { Thing?: new () => { name: string } } };
    new Function('module', 'exports', late)(module, module.exports);
    const { Thing } = module.exports;
    expect(Thing && new Thing().name).toBe('a "quoted" `one`');
    expect(late).toMatch(/^new Function\('exports', 'module', ".*"\)\(exports, module\);$/s);
  });

  it('must require nothing, since in a text nobody bundles it', () => {
    expect(() => asText('exports.fs = require("fs");')).toThrow('must not require anything');
  });
});
