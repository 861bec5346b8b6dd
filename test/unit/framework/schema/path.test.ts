import { attributePath, formatPath, root } from '../../../../provider/framework/schema/path';

it.each([
  [root, ''],
  [attributePath(attributePath(root, 'timeouts'), 'create'), 'timeouts.create'],
  [[{ attribute: 'rules' }, { index: 0 }, { attribute: 'name' }], 'rules[0].name'],
  [[{ attribute: 'labels' }, { key: 'a "b"' }], 'labels["a \\"b\\""]'],
  [[{ attribute: 'scopes' }, { element: true }], 'scopes[element]'],
] as const)('is written as in HCL: %#', (path, text) => expect(formatPath(path)).toBe(text));
