// Stands in for Domo, so that terraform plans offline and without a token: an instance that has no clients yet.
// It is a process of its own, since the matchers stop this one while terraform runs.
const { spawn } = require('node:child_process');
const { once } = require('node:events');

const domo = `
  const answer = (request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(request.url.endsWith('/users/me') ? '{"id": 1}' : '[]');
  };
  const server = require('node:http').createServer(answer);
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
  // It ends with the tests, even if they are killed.
  process.stdin.resume().on('end', () => process.exit());
`;

module.exports = async () => {
  globalThis.domo = spawn(process.execPath, ['-e', domo], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(globalThis.domo.stdout, 'data');
  const url = `http://127.0.0.1:${String(port).trim()}`;
  for (const name of ['DOMO_USERNAME', 'DOMO_PASSWORD']) delete process.env[name];
  const settings = {
    DOMO_BASE_URL: url,
    DOMO_API_URL: url,
    DOMO_ACCESS_TOKEN: 'fake-token',
    NO_PROXY: '127.0.0.1',
  };
  Object.assign(process.env, settings);
};
