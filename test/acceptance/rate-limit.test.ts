import { firstEngine } from '../support/terraform';
import { isThorough } from '../support/thorough';
import { installedWorkspace, openSandbox, providerFile, tearDown } from './setup';

afterAll(tearDown);

// As many as take longer than the ten seconds between two lines about the progress.
const many = isThorough ? 1000 : 100;
// So many a second, so that the test ends; for Domo's 120 a minute it is the same with other numbers. A busy machine must
// still be quicker than that.
const allowed = isThorough ? 25 : 5;

const configuration = `${providerFile()}
resource "domo_api_client" "many" {
  count  = ${many}
  name   = "many-\${count.index}"
  scopes = ["data"]
}
`;

it('creates many clients through a limit, hammers nothing, and says how far it is', async () => {
  const sandbox = await openSandbox();
  await sandbox.control('PUT', 'quirks', { requestsPerSecond: allowed });
  const env = { ...sandbox.settings, TF_LOG_PROVIDER: 'INFO', TF_LOG_PATH: 'terraform.log', TF_LOG: '' };
  const work = await installedWorkspace(firstEngine(), { 'main.tf': configuration }, env);
  const began = performance.now();
  const { text } = await work.apply();
  const seconds = (performance.now() - began) / 1000;
  expect(text).toContain(`${many} added`);
  expect(await sandbox.ids()).toHaveLength(many);

  const counts = (await sandbox.control('GET', 'requests')) as Record<string, number>;
  const refused = counts['429'] ?? 0;
  process.stdout.write(
    `${many} creations, ${allowed} a second allowed: ${seconds.toFixed(1)} s, ${refused} refused\n`,
  );
  expect(refused).toBeGreaterThan(0);
  expect(refused).toBeLessThan(isThorough ? 200 : 60);
  // With the rate that is allowed, and not a request lost, it could take a sixth of that; the pace has a test without an
  // engine, in which nothing else takes time.
  expect(seconds).toBeLessThan(6 * (many / allowed));

  const progress = [
    ...work.read('terraform.log').matchAll(/Domo limits the request rate.*?answered=(\d+) refused=(\d+)/g),
  ];
  expect(progress.length).toBeGreaterThan(1);
  const answered = progress.map(([, count]) => Number(count));
  expect(answered).toEqual([...answered].sort((a, b) => a - b));
}, 180_000);
