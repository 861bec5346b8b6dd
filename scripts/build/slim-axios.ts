import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

/**
 * What axios loads at its start and the provider never uses: it sends no forms (axios itself leaves them out when it
 * is bundled for browsers) and follows no redirects.
 */
const unused = /^(form-data|follow-redirects)$/;

const http = /[\\/]axios[\\/]lib[\\/]adapters[\\/]http\.js$/;

/** Loads only what the provider uses of axios: a process lives for 50 ms, and the other half took 8 of them. */
export const slimAxios: Plugin = {
  name: 'slim-axios',
  setup(build) {
    build.onResolve({ filter: unused }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /./, namespace: 'unused' }, ({ path }) => ({
      contents: path === 'form-data' ? 'module.exports = null' : 'module.exports = {}',
    }));
    build.onLoad({ filter: http }, ({ path }) => ({ contents: withLazyProxies(readFileSync(path, 'utf8')) }));
  },
};

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
