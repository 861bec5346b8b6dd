import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * What axios loads at its start and the provider never uses: it sends no forms (axios itself leaves them out when it
 * is bundled for browsers) and follows no redirects.
 */
const unused = /^(form-data|follow-redirects)$/;

const http = /[\\/]axios[\\/]lib[\\/]adapters[\\/]http\.js$/;
const utils = /[\\/]axios[\\/]lib[\\/]utils\.js$/;

/** The ways to send that are not Node's own `http`. */
const otherAdapters = /[\\/]axios[\\/]lib[\\/]adapters[\\/](fetch|xhr)\.js$/;

/**
 * Loads only what the provider uses of axios: a process lives for 50 ms, and the other half took 8 of them. On Node.js, the
 * mere look at `FormData` or `Request` loads a second HTTP client, which takes 20 more.
 */
export const slimAxios: Plugin = {
  name: 'slim-axios',
  setup(build) {
    build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /./, namespace: 'unused' }, ({ path }) => ({
      contents: path === 'form-data' ? 'module.exports = null' : 'module.exports = {}',
    }));
    build.onLoad({ filter: otherAdapters }, () => ({
      contents: 'export const getFetch = () => null; export default null;',
    }));
    build.onLoad({ filter: utils }, ({ path }) => ({ contents: withoutForms(readFileSync(path, 'utf8')) }));
    build.onLoad({ filter: http }, ({ path }) => ({ contents: withLazyProxies(readFileSync(path, 'utf8')) }));
  },
};

const formClass = "typeof G.FormData !== 'undefined' ? G.FormData : undefined";

/** The provider sends no forms. Throws if axios is no longer written as this expects. */
export function withoutForms(source: string): string {
  if (source.split(formClass).length !== 2)
    throw new Error('axios has changed how it recognises forms: see scripts/build/slim-axios.ts.');
  return source.replace(formClass, 'undefined');
}

const proxyImport = /^import HttpsProxyAgent from 'https-proxy-agent';$/m;

/** Few people use a proxy. Throws if axios is no longer written as this expects. */
export function withLazyProxies(source: string): string {
  const uses = /(new|instanceof) HttpsProxyAgent\b/g;
  if (!proxyImport.test(source) || !uses.test(source)) {
    throw new Error('axios has changed how it uses https-proxy-agent: see scripts/build/slim-axios.ts.');
  }
  return source
    .replace(proxyImport, "const HttpsProxyAgent = () => require('https-proxy-agent');")
    .replace(uses, '$1 (HttpsProxyAgent())');
}
