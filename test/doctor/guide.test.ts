import { readFileSync } from 'node:fs';
import { fakeDomo } from '../support/fake-domo';
import { trial } from './run';

it('explains every check of a healthy instance, and the facts say what each one tells', async () => {
  const domo = await fakeDomo();
  domo.add({ scopes: ['magic'] });
  const { checks, trial: tried } = await trial(domo);
  await domo.close();
  const names = [...checks, ...(tried ?? [])].map(({ check }) => check);
  expect(names).toHaveLength(19);
  const guide = readFileSync('docs/guides/doctor.md', 'utf8');
  expect(names.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  const facts = readFileSync('docs/domo-facts.md', 'utf8');
  const own = ['configuration', 'clean-up'];
  expect(names.filter((name) => !own.includes(name) && !facts.includes(`\`${name}\``))).toEqual([]);
});
