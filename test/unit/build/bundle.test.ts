import { withLazyRequires } from '../../../scripts/build/lazy-requires';
import { withLazyProxies } from '../../../scripts/build/slim-axios';

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

  it('touch neither strings, nor comments that count as uses, nor members of the same name', () => {
    const { exports } = run(
      'const a = require("./a");\n// only a here\nexports.text = "a.one";\nexports.other = ({ a: { one: 2 } }).a.one;\nexports.get = () => a.one;\n',
      { './a': { one: 1 } },
    );
    expect([exports.text, exports.other, (exports.get as () => number)()]).toEqual(['a.one', 2, 1]);
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
  });
});
