import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

const folder = resolve(__dirname, '../../.github/ISSUE_TEMPLATE');
const forms = readdirSync(folder).filter((name) => name !== 'config.yml');

interface Field {
  readonly type: string;
  readonly id?: string;
  readonly attributes: { readonly label?: string; readonly value?: string; readonly options?: unknown[] };
}

const fieldsOf = (name: string): Field[] => parse(readFileSync(join(folder, name), 'utf8')).body;

it.each(forms)('%s is a form that GitHub accepts', (name) => {
  const form = parse(readFileSync(join(folder, name), 'utf8'));
  expect(form).toMatchObject({ name: expect.any(String), description: expect.any(String) });
  const fields = fieldsOf(name);
  const asked = fields.filter(({ type }) => type !== 'markdown');
  expect(fields.every(({ type }) => /^(markdown|textarea|input|dropdown|checkboxes)$/.test(type))).toBe(true);
  expect(asked.filter(({ id, attributes }) => !id || !attributes.label)).toEqual([]);
  expect(new Set(asked.map(({ id }) => id)).size).toBe(asked.length);
  expect(asked.length).toBeGreaterThan(0);
});

it.each(['bug.yml', 'instance.yml'])('%s takes the report of the doctor', (name) => {
  const field = fieldsOf(name).find(({ id }) => id === 'doctor');
  expect(field?.attributes.label).toContain('terraform-provider-domo doctor');
});
