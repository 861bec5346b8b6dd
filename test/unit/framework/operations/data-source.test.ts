import {
  computed,
  createFactory,
  type DataContext,
  errorDiagnostic,
  failure,
  nonEmpty,
  optional,
  required,
  t,
  unknown,
} from '../../../../provider/framework';
import { Failure } from '../../../../provider/framework/diagnostics';
import { createOperations } from '../../../../provider/framework/operations';
import { d } from '../support';

const attributes = {
  kind: required(t.string, { ...d, validate: [nonEmpty] }),
  limit: optional(t.number, d),
  found: computed(t.list(t.string), d),
};
type Found = { kind: string; limit: number | null; found: readonly string[] };
type Read = (context: DataContext<string>, config: { kind: string; limit: number | null }) => Promise<Found>;

const log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  hide: () => {},
  redact: (text: string) => text,
};
const type = 'test_things';
const config = { kind: 'a', limit: null, found: null };

function serving(read: Read, configured = true) {
  const { provider, dataSource } = createFactory<string>();
  const things = dataSource('things', {
    description: 'Things.',
    attributes,
    validate: ({ limit }) => {
      if (limit === 0)
        return [{ severity: 'warning', summary: 'Nothing to find', detail: 'The limit is 0.' }];
      return limit === 13 ? [errorDiagnostic('Unlucky', 'Choose another limit.')] : [];
    },
    read,
  });
  const made = createOperations(
    provider({
      name: 'test',
      source: 'test/test',
      version: '1.0.0',
      description: 'For tests.',
      attributes: {},
      configure: () => 'the client',
      resources: [],
      dataSources: [things],
    }),
    log,
  );
  if (configured) made.provider.configure({}, '1.11.0');
  return made.dataSource();
}

const finds: Read = async ({ client }, { kind, limit }) => ({ kind, limit, found: [client, kind] });
const summaries = (diagnostics: readonly { summary: string }[]) => diagnostics.map(({ summary }) => summary);

describe('a data source', () => {
  it('is read with the client and the whole configuration', async () => {
    const { state, diagnostics } = await serving(finds).read(type, { ...config, limit: 3 }, false);
    expect(state).toEqual({ kind: 'a', limit: 3, found: ['the client', 'a'] });
    expect(diagnostics).toEqual([]);
  });

  it('warns beside its state', async () => {
    const made = serving((context, values) => {
      context.warn('Beware', 'Of this.');
      return finds(context, values);
    });
    const { state, diagnostics } = await made.read(type, config, false);
    expect(state).not.toBeNull();
    expect(diagnostics).toEqual([expect.objectContaining({ severity: 'warning', summary: 'Beware' })]);
  });

  it('has no state if it fails, but keeps the warnings that it gave', async () => {
    const made = serving(async ({ warn }) => {
      warn('Beware', 'Of this.');
      throw failure('Gone', 'It is not there.');
    });
    const { state, diagnostics } = await made.read(type, config, false);
    expect(state).toBeNull();
    expect(summaries(diagnostics)).toEqual(['Beware', 'Gone']);
  });

  it('comes back later only if that is allowed', async () => {
    const made = serving(async () => {
      throw new Failure([errorDiagnostic('Later', 'Not yet.')], 'PROVIDER_CONFIG_UNKNOWN');
    });
    expect(await made.read(type, config, true)).toMatchObject({
      state: null,
      deferred: 'PROVIDER_CONFIG_UNKNOWN',
      diagnostics: [],
    });
    const refused = await made.read(type, config, false);
    expect([refused.deferred, summaries(refused.diagnostics)]).toEqual([undefined, ['Later']]);
  });

  it('is validated by its rules, and again when it is read: what was unknown before has not been checked', async () => {
    const made = serving(() => Promise.reject(new Error('read all the same')));
    for (const [wrong, summary] of [
      [{ ...config, kind: ' ' }, 'Invalid kind'],
      [{ ...config, limit: 13 }, 'Unlucky'],
    ] as const) {
      expect(summaries(made.validate(type, wrong))).toEqual([summary]);
      expect(summaries((await made.read(type, wrong, false)).diagnostics)).toEqual([summary]);
    }
    expect(made.validate(type, { ...config, kind: unknown })).toEqual([]);
    const { diagnostics } = await made.read(type, { ...config, kind: unknown }, false);
    expect(summaries(diagnostics)).toEqual(['A value is still unknown']);
  });

  it('is read despite a warning about its configuration, which validation has shown', async () => {
    const made = serving(finds);
    expect(summaries(made.validate(type, { ...config, limit: 0 }))).toEqual(['Nothing to find']);
    const { state, diagnostics } = await made.read(type, { ...config, limit: 0 }, false);
    expect([state, diagnostics]).toEqual([{ kind: 'a', limit: 0, found: ['the client', 'a'] }, []]);
  });

  it('refuses what it cannot be', async () => {
    const made = serving(finds);
    for (const diagnostics of [
      made.validate('test_other', config),
      (await made.read('test_other', config, false)).diagnostics,
    ]) {
      expect(diagnostics).toEqual([
        expect.objectContaining({ summary: 'Unknown data source', detail: expect.stringContaining('other') }),
      ]);
    }
    const early = await serving(finds, false).read(type, config, false);
    expect(summaries(early.diagnostics)).toEqual(['The provider is not configured']);
    const misfit = serving(async () => ({ kind: 'a', limit: null, found: null as never }));
    const { state, diagnostics } = await misfit.read(type, config, false);
    expect(state).toBeNull();
    expect(diagnostics).toHaveLength(1);
    expect(summaries(made.validate(type, 'no object'))).toHaveLength(1);
  });
});
