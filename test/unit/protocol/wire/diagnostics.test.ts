import {
  AttributePath,
  Diagnostic,
  Diagnostic_Severity,
} from '../../../../provider/protocol/generated/tfplugin6';
import { wireDiagnostics, wirePath } from '../../../../provider/protocol/wire/diagnostics';

const name = (value: string) => ({ selector: { $case: 'attributeName' as const, value } });

describe('a path', () => {
  it('names attributes, keys and indexes', () => {
    const path = [{ attribute: 'a' }, { key: 'k' }, { attribute: 'b' }, { index: 2 }];
    expect(wirePath(path).steps).toEqual([
      name('a'),
      { selector: { $case: 'elementKeyString', value: 'k' } },
      name('b'),
      { selector: { $case: 'elementKeyInt', value: 2n } },
    ]);
  });

  it('ends at a set, whose elements have no step', () => {
    const path = [{ attribute: 'a' }, { element: true as const }, { attribute: 'b' }];
    expect(wirePath(path).steps).toEqual([name('a')]);
  });
});

it('has a severity, and a path only if it is about an attribute', () => {
  const diagnostics = wireDiagnostics([
    { severity: 'error', summary: 'S', detail: 'D', path: [{ attribute: 'a' }] },
    { severity: 'warning', summary: 'S', detail: 'D', path: [] },
    { severity: 'warning', summary: 'S', detail: 'D' },
  ]);
  expect(diagnostics.map(({ severity, attribute }) => [severity, attribute])).toEqual([
    [Diagnostic_Severity.ERROR, { steps: [name('a')] }],
    [Diagnostic_Severity.WARNING, undefined],
    [Diagnostic_Severity.WARNING, undefined],
  ]);
});

it('comes back from the wire', () => {
  const [sent] = wireDiagnostics([{ severity: 'error', summary: 'S', detail: 'D', path: [{ index: 1 }] }]);
  if (!sent) throw new Error('There is one.');
  expect(Diagnostic.decode(Diagnostic.encode(sent).finish())).toEqual(sent);
  expect(AttributePath.decode(AttributePath.encode({ steps: [] }).finish())).toEqual({ steps: [] });
});
