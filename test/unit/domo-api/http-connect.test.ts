import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer, globalAgent } from 'node:https';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from 'node:net';
import { http } from '../../../provider/domo/api/transport/http';
import { type Certificate, createCertificate } from '../../../provider/plugin/certificate';
import { failureOf } from '../../support/failure';
import { httpServer } from '../../support/http-server';
import { until } from '../../support/until';

const proxySettings = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [
  name,
  name.toLowerCase(),
]);
const before = { ...process.env };
const trusted = { ...globalAgent.options };
const open: Server[] = [];
const sockets = new Set<Socket>();
const headers: unknown = expect.anything();
const redact: unknown = expect.any(Function);
const never = new AbortController().signal;
const get = { method: 'GET', path: '/list', headers: { 'X-DOMO-Developer-Token': 'fake-token' } } as const;
const post = { method: 'POST', path: '/clients', body: {} } as const;
let logged: Record<string, string | number>[] = [];

beforeEach(() => {
  logged = [];
  for (const name of proxySettings) delete process.env[name];
});
afterEach(async () => {
  globalAgent.options = { ...trusted };
  for (const name of proxySettings) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen<T extends Server>(server: T): Promise<number> {
  open.push(server);
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

function client(baseUrl: string, requestTimeout = 20_000, trusted: string[] = []) {
  return http({
    baseUrl,
    trusted,
    requestTimeout,
    maxRetries: 1,
    userAgent: 'fake-agent/1.0',
    random: () => 0,
    log: (_message, fields) => logged.push(fields),
  });
}

/** A TLS server that answers with the token that it was sent; `trust`: this process trusts it. */
async function secureServer({
  trust,
  of = createCertificate(),
}: {
  trust: boolean;
  of?: Certificate;
}): Promise<number> {
  const { certificate, privateKey } = of;
  // The certificate is for localhost; the tests that go through a proxy use other names.
  if (trust) Object.assign(globalAgent.options, { ca: certificate, checkServerIdentity: () => undefined });
  const server = createHttpsServer({ cert: certificate, key: privateKey }, (request, response) => {
    response.writeHead(200, { Connection: 'close' });
    response.end(`secure ${request.headers['x-domo-developer-token']}`);
  });
  return await listen(server);
}

/** A proxy that tunnels everything to one port, or refuses to with a status. */
async function proxy(target: { port: number } | { status: number }) {
  const asked: string[] = [];
  const server = createHttpServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('from the proxy');
  });
  server.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    if ('status' in target) {
      socket.end(`HTTP/1.1 ${target.status} No\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno`);
      return;
    }
    const upstream = connect(target.port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on('error', () => socket.destroy());
    socket.on('error', () => upstream.destroy());
  });
  return { port: await listen(server), asked };
}

/** What the name of the host resolves to, in place of a real DNS query. */
function resolveAs(
  error: (Error & { code: string }) | null,
  addresses: { address: string; family: number }[],
) {
  Object.assign(globalAgent.options, {
    lookup: (_host: string, _options: unknown, done: (...result: unknown[]) => void) =>
      done(error, addresses),
  });
}

describe('TLS', () => {
  it('reaches a server whose certificate is trusted', async () => {
    const port = await secureServer({ trust: true });
    const answer = await client(`https://localhost:${port}`).send(get, never);
    expect(answer).toEqual({ redact, headers, status: 200, body: 'secure fake-token' });
  });

  it('sends nothing to a server whose certificate is not, and does not try again', async () => {
    const port = await secureServer({ trust: false });
    const error = await failureOf(client(`https://localhost:${port}`).send(post, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'certificate-untrusted' });
    expect(error.message).toContain('certificate is not trusted');
    expect(logged).toMatchObject([{ error: 'DEPTH_ZERO_SELF_SIGNED_CERT', attempt: 1 }]);
  });

  it('trusts an authority that it is given, and no other', async () => {
    const [own, other] = [createCertificate(), createCertificate()];
    const port = await secureServer({ trust: false, of: own });
    const url = `https://localhost:${port}`;
    const send = (trusted: string[]) => client(url, 20_000, trusted).send(get, never);
    expect(await send([own.certificate])).toMatchObject({ body: 'secure fake-token' });
    expect(await failureOf(send([other.certificate]))).toMatchObject({ kind: 'not-sent' });
  });

  it('trusts it behind a proxy, too', async () => {
    const own = createCertificate();
    const { port, asked } = await proxy({ port: await secureServer({ trust: false, of: own }) });
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    // The name is that of the certificate, except for the dot, which keeps it from being a loopback address.
    const url = 'https://localhost.:8443';
    expect(await client(url, 20_000, [own.certificate]).send(get, never)).toMatchObject({ status: 200 });
    expect(await failureOf(client(url).send(get, never))).toMatchObject({ kind: 'not-sent' });
    // The one that is not trusted is asked once more, with what the system trusts.
    expect(asked).toHaveLength(3);
  });

  it('tells a certificate that is out of date, and one for another name', async () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.UTC(1990, 0));
    const old = createCertificate();
    clock.mockRestore();
    const expired = client(`https://localhost:${await secureServer({ trust: false, of: old })}`, 20_000, [
      old.certificate,
    ]);
    expect((await failureOf(expired.send(get, never))).message).toContain('out of date');
    const own = createCertificate();
    const named = client(`https://127.0.0.1:${await secureServer({ trust: false, of: own })}`, 20_000, [
      own.certificate,
    ]);
    expect((await failureOf(named.send(get, never))).message).toContain('for another name');
    expect(logged.map((line) => line.error)).toEqual(['CERT_HAS_EXPIRED', 'ERR_TLS_CERT_ALTNAME_INVALID']);
  });

  it('is verified whatever NODE_TLS_REJECT_UNAUTHORIZED says', async () => {
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0';
    try {
      const port = await secureServer({ trust: false });
      const error = await failureOf(client(`https://localhost:${port}`).send(get, never));
      expect(error).toMatchObject({ kind: 'not-sent' });
    } finally {
      delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    }
  });

  it('knows that nothing was sent when the handshake does not end', async () => {
    const port = await listen(createTcpServer((socket) => socket.on('error', () => undefined)));
    const error = await failureOf(client(`https://127.0.0.1:${port}`, 100).send(post, never));
    expect(error).toMatchObject({ kind: 'not-sent' });
    expect(logged).toMatchObject([{ error: 'timeout' }, { error: 'timeout' }]);
  });

  it('gives up a POST that has no connection yet when it is interrupted', async () => {
    let arrived = false;
    const silent = createTcpServer((socket) => {
      socket
        .on('error', () => undefined)
        .once('data', () => {
          arrived = true;
        });
    });
    const stop = new AbortController();
    const sent = failureOf(client(`https://127.0.0.1:${await listen(silent)}`).send(post, stop.signal));
    await until('the handshake to begin', () => arrived);
    stop.abort(new Error('Terraform was interrupted'));
    const error = await sent;
    expect(error).toMatchObject({ kind: 'aborted' });
    expect(error.message).toContain('aborted before it was sent');
  });
});

describe('host names', () => {
  it.each([
    ['ENOTFOUND', 1],
    ['EAI_AGAIN', 2],
  ])('are resolved again only if that may help: %s', async (code, attempts) => {
    resolveAs(Object.assign(new Error(`getaddrinfo ${code} fake-instance.domo.example`), { code }), []);
    const error = await failureOf(client('https://fake-instance.domo.example').send(post, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
    expect(logged.map((line) => line.error)).toEqual(Array(attempts).fill(code));
  });
});

describe('proxies', () => {
  it.each(['http://someone:fake-password@', 'someone:fake%2Dpassword@'])(
    'tunnels through HTTPS_PROXY; the proxy sees the host and its own password only: %s',
    async (before) => {
      const { port, asked } = await proxy({ port: await secureServer({ trust: true }) });
      process.env.HTTPS_PROXY = `${before}127.0.0.1:${port}`;
      const answer = await client('https://fake-instance.domo.example').send(get, never);
      expect(answer).toEqual({ redact, headers, status: 200, body: 'secure fake-token' });
      const basic = Buffer.from('someone:fake-password').toString('base64');
      expect(asked).toEqual([`CONNECT fake-instance.domo.example:443 Basic ${basic}`]);
    },
  );

  it.each(['.domo.example', 'domo.example'])('goes past the proxy for NO_PROXY=%s', async (name) => {
    const { port, asked } = await proxy({ status: 500 });
    const secure = await secureServer({ trust: true });
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    process.env.NO_PROXY = name;
    resolveAs(null, [{ address: '127.0.0.1', family: 4 }]);
    const answer = await client(`https://fake-instance.domo.example:${secure}`).send(get, never);
    expect(answer.body).toBe('secure fake-token');
    expect(asked).toEqual([]);
  });

  it.each(['http', 'https'])('never asks a proxy for a loopback address (%s)', async (scheme) => {
    const { port, asked } = await proxy({ status: 500 });
    for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'])
      process.env[name] = `http://127.0.0.1:${port}`;
    const plain = await httpServer();
    const secure = await secureServer({ trust: true });
    const answer = await client(scheme === 'http' ? plain.url : `https://localhost:${secure}`).send(
      get,
      never,
    );
    expect(answer.body).toBe(scheme === 'http' ? 'fine' : 'secure fake-token');
    expect(asked).toEqual([]);
    await plain.close();
  });

  it('does not take the answer of a proxy for the answer of Domo', async () => {
    const { port, asked } = await proxy({ status: 407 });
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    const error = await failureOf(client('https://fake-instance.domo.example').send(post, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
    expect(error.message).toContain('the proxy responded 407');
    expect(asked).toHaveLength(1);
    expect(logged).toMatchObject([{ error: 'PROXY_407' }]);
  });

  it('sends nothing, and does not try again, if the proxy is of a kind that cannot be used', async () => {
    process.env.HTTPS_PROXY = 'socks5://someone:fake-password@127.0.0.1:1080';
    const error = await failureOf(client('https://fake-instance.domo.example').send(get, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'proxy' });
    expect(error.message).toMatch(/^GET \/list: not sent: HTTPS_PROXY names a socks5 proxy/);
    expect(error.message).not.toContain('fake-password');
    expect(logged).toEqual([]);
  });

  it('names the proxy that does not answer', async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => open.pop()?.close(resolve));
    process.env.https_proxy = `http://127.0.0.1:${port}`;
    const error = await failureOf(client('https://fake-instance.domo.example').send(get, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'unreachable' });
    expect(error.message).toMatch(
      new RegExp(
        `no connection to fake-instance.domo.example through the proxy 127.0.0.1:${port} \\(https_proxy\\), nothing was sent \\(.*ECONNREFUSED`,
      ),
    );
  });

  it('says what is wrong with https:// before a proxy that does not speak TLS', async () => {
    const { port } = await proxy({ status: 500 });
    process.env.HTTPS_PROXY = `https://127.0.0.1:${port}`;
    const error = await failureOf(client('https://fake-instance.domo.example').send(get, never));
    expect(error).toMatchObject({ kind: 'not-sent', reason: 'proxy' });
    expect(error.message).toBe(
      `GET /list: no connection through the proxy 127.0.0.1:${port} (HTTPS_PROXY), nothing was sent. It does not speak TLS: write http:// instead of https://.`,
    );
  });

  it('tries again when the proxy has no way to the host at the moment', async () => {
    const { port, asked } = await proxy({ status: 503 });
    process.env.HTTPS_PROXY = `http://127.0.0.1:${port}`;
    await failureOf(client('https://fake-instance.domo.example').send(post, never));
    expect(asked).toHaveLength(2);
  });
});
