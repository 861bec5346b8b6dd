import { firstEngine } from '../support/terraform';
import { installedWorkspace, openSandbox, providerFile, tearDown } from './setup';

afterAll(tearDown);

const configuration = `${providerFile()}
resource "domo_api_client" "many" {
  count  = 1000
  name   = "many-\${count.index}"
  scopes = ["data"]
}
`;

// 25 a second, so that the test ends; for Domo's 120 a minute it is the same with other numbers.
it('creates a thousand clients through a limit, hammers nothing, and says how far it is', async () => {
  const sandbox = await openSandbox();
  await sandbox.control('PUT', 'quirks', { requestsPerSecond: 25 });
  const env = { ...sandbox.settings, TF_LOG_PROVIDER: 'INFO', TF_LOG_PATH: 'terraform.log', TF_LOG: '' };
  const work = await installedWorkspace(firstEngine(), { 'main.tf': configuration }, env);
  const began = performance.now();
  const { text } = await work.apply();
  const seconds = (performance.now() - began) / 1000;
  expect(text).toContain('1000 added');
  expect(await sandbox.ids()).toHaveLength(1000);

  const counts = (await sandbox.control('GET', 'requests')) as Record<string, number>;
  const refused = counts['429'] ?? 0;
  process.stdout.write(`1000 creations, 25 a second allowed: ${seconds.toFixed(1)} s, ${refused} refused\n`);
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(200);
  // Without a limit in the way of 1,000 requests it could take 40 s.
  expect(seconds).toBeLessThan(80);

  const progress = [
    ...work.read('terraform.log').matchAll(/Domo limits the rate.*?answered=(\d+) refused=(\d+)/g),
  ];
  expect(progress.length).toBeGreaterThan(1);
  const answered = progress.map(([, count]) => Number(count));
  expect(answered).toEqual([...answered].sort((a, b) => a - b));
}, 180_000);
