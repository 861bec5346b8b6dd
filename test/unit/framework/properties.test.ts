import fc from 'fast-check';
import {
  computed,
  createFactory,
  isUnknown,
  optional,
  optionalComputed,
  required,
  t,
  unknown,
  useStateForUnknown,
} from '../../../provider/framework';
import { createOperations } from '../../../provider/framework/operations';
import type { ResourceOperations } from '../../../provider/framework/operations/resource';
import {
  decode,
  decodeObject,
  encode,
  encodeObject,
  keyOf,
  same,
} from '../../../provider/framework/schema/codec';
import { root } from '../../../provider/framework/schema/path';
import type { Attributes, ObjectValue } from '../../../provider/framework/schema/schema';
import type { WireValue } from '../../../provider/framework/schema/unknown';
import { fromWire, toWire } from '../../../provider/protocol/wire/values';
import { isThorough } from '../../support/thorough';
import { flatSamples, type Sample, samples } from './arbitraries';
import { d } from './support';

// A seed from the clock finds more in the long run; a failure prints it, and SEED repeats it.
const seed = Number(process.env.SEED) || Date.now();
fc.configureGlobal({ seed, numRuns: isThorough ? 3000 : 300 });

const sampleWith = (view: 'known' | 'open') =>
  samples.chain((sample) => sample[view].map((value) => ({ type: sample.type, value })));

it('every value of every type comes back from the wire as it was, unknown wherever it was', () => {
  fc.assert(
    fc.property(sampleWith('open'), ({ type, value }) => {
      const wire = toWire(encode(type, value, root, 'plan'));
      const back = decode(type, fromWire(wire), root);
      expect(keyOf(type, back)).toBe(keyOf(type, value));
      expect(toWire(encode(type, back, root, 'plan')).msgpack).toEqual(wire.msgpack);
    }),
  );
});

it('every known value comes back from the JSON of a state, too', () => {
  const text = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value);
  fc.assert(
    fc.property(sampleWith('known'), ({ type, value }) => {
      const json = JSON.stringify(encode(type, value, root, 'state'), text);
      const back = decode(type, fromWire({ msgpack: Buffer.alloc(0), json: Buffer.from(json) }), root);
      expect(keyOf(type, back)).toBe(keyOf(type, value));
    }),
  );
});

it('sets are equal exactly when they have the same elements, in any order and number', () => {
  const pairs = flatSamples.chain(({ type, known }) =>
    fc.tuple(fc.constant(type), fc.array(known, { maxLength: 6 }), fc.array(known, { maxLength: 6 })),
  );
  fc.assert(
    fc.property(pairs, fc.integer({ min: 0 }), ([type, one, other], turn) => {
      const set = t.set(type);
      const rotated = one.map((_, index) => one[(index + turn) % one.length]);
      expect(same(set, one, [...rotated, ...one.slice(0, 2)])).toBe(true);
      // JavaScript's own equality is enough here: these elements hold no others, and the decimals are canonical.
      const equal = one.every((item) => other.includes(item)) && other.every((item) => one.includes(item));
      expect(same(set, one, other)).toBe(equal);
    }),
  );
});

/** A schema, a prior state, and a configuration as Terraform would send it. */
interface Case {
  readonly attributes: Attributes;
  readonly prior: ObjectValue | null;
  readonly config: ObjectValue;
  /** What the service makes of computed values that are still unknown. */
  readonly made: ObjectValue;
}

const presences = {
  required: (type: Sample['type']) => required(type, d),
  optional: (type: Sample['type']) => optional(type, d),
  computed: (type: Sample['type']) => computed(type, d),
  stable: (type: Sample['type']) => computed(type, { ...d, plan: [useStateForUnknown] }),
  optionalComputed: (type: Sample['type']) => optionalComputed(type, d),
};
type Presence = keyof typeof presences;

function valuesOf({ known, open }: Sample, presence: Presence) {
  const config = {
    required: open,
    optional: fc.option(open),
    computed: fc.constant(null),
    stable: fc.constant(null),
    optionalComputed: fc.option(open),
  }[presence];
  return fc.record({ config, prior: presence === 'optional' ? fc.option(known) : known, made: known });
}

const attributeCases = fc
  .tuple(samples, fc.constantFrom(...(Object.keys(presences) as Presence[])))
  .chain(([sample, presence]) =>
    valuesOf(sample, presence).map((values) => ({ attribute: presences[presence](sample.type), ...values })),
  );

const cases: fc.Arbitrary<Case> = fc
  .tuple(fc.array(attributeCases, { minLength: 1, maxLength: 4 }), fc.boolean())
  .map(([list, exists]) => {
    const all = <T>(pick: (one: (typeof list)[number]) => T) =>
      Object.fromEntries(list.map((one, index) => [`a${index}`, pick(one)]));
    return {
      attributes: all(({ attribute }) => attribute),
      prior: exists ? all(({ prior }) => prior) : null,
      config: all(({ config }) => config),
      made: all(({ made }) => made),
    };
  });

/** What Terraform proposes: the configuration, with the prior value for a computed attribute that is null there. */
function proposedOf({ attributes, prior, config }: Case): ObjectValue {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { presence }]) => {
      const mayKeep = presence !== 'required' && presence !== 'optional' && config[name] === null;
      return [name, mayKeep ? (prior?.[name] ?? null) : config[name]];
    }),
  );
}

/** Replaces what is unknown by what the service has made of it. */
function settle(value: unknown, made: unknown): unknown {
  return isUnknown(value) ? made : value;
}

function serving({ attributes, made }: Case): ResourceOperations {
  const { provider, resource } = createFactory<null>();
  const finish = async (plan: ObjectValue) =>
    Object.fromEntries(Object.entries(plan).map(([name, value]) => [name, settle(value, made[name])]));
  const thing = resource<Attributes>('thing', {
    description: 'A thing.',
    attributes,
    create: async (_, plan) => finish(plan),
    read: async (_, state) => state,
    update: async (_, plan) => finish(plan),
    delete: async () => {},
  });
  const log = { debug() {}, info() {}, warn() {}, hide() {}, redact: (text: string) => text };
  const about = { name: 'test', source: 'test/test', version: '1.0.0', description: 'For tests.' };
  const operations = createOperations(
    provider({ ...about, attributes: {}, configure: () => null, resources: [thing], dataSources: [] }),
    log,
  );
  operations.provider.configure({}, '1.11.0');
  return operations.resource();
}

const none = new Uint8Array();
const plainOf = (attributes: Attributes, value: ObjectValue | null): WireValue =>
  value && fromWire(toWire(encodeObject(attributes, value, root, 'plan')));

async function planOf(
  of: Case,
  resource: ResourceOperations,
): Promise<{ wire: WireValue; planned: ObjectValue }> {
  const { attributes, config, prior } = of;
  const outcome = await resource.plan('test_thing', {
    config: plainOf(attributes, config),
    prior: plainOf(attributes, prior),
    proposed: plainOf(attributes, proposedOf(of)),
    private: none,
    deferralAllowed: false,
  });
  expect(outcome.diagnostics).toEqual([]);
  return { wire: outcome.state, planned: decodeObject(attributes, outcome.state, root) };
}

/** What is known of a value now must be so later; what is unknown inside of it may become anything. */
function agrees(type: Sample['type'], now: unknown, later: unknown): boolean {
  return isUnknown(now) || !(now === null || type.isKnown(now)) || same(type, now, later);
}

it('a plan never contradicts the configuration', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      const { planned } = await planOf(of, serving(of));
      for (const [name, { type, presence }] of Object.entries(of.attributes)) {
        const config = of.config[name];
        const isComputed = presence === 'computed' || presence === 'optional+computed';
        if (config === null && isComputed) continue;
        expect(same(type, planned[name], config)).toBe(true);
      }
    }),
  );
});

it('what is planned for a creation is unknown wherever the provider decides', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      fc.pre(of.prior === null);
      const { planned } = await planOf(of, serving(of));
      for (const [name, { presence }] of Object.entries(of.attributes)) {
        const decides = presence === 'computed' || presence === 'optional+computed';
        if (decides && of.config[name] === null) expect(planned[name]).toBe(unknown);
      }
    }),
  );
});

it('an apply never contradicts its plan, and the plan after it is empty', async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (of) => {
      const { attributes } = of;
      const resource = serving(of);
      const { planned } = await planOf(of, resource);
      // By the time of the apply everything in the configuration is known.
      const config = Object.fromEntries(
        Object.entries(of.config).map(([name, value]) => {
          const type = attributes[name]?.type;
          const isOpen = isUnknown(value) || (value !== null && !type?.isKnown(value));
          return [name, isOpen ? of.made[name] : value];
        }),
      );
      const settled = { ...of, config };
      const final = await planOf(settled, resource);
      const applied = await resource.apply('test_thing', {
        config: plainOf(attributes, config),
        prior: plainOf(attributes, of.prior),
        planned: final.wire,
        private: none,
      });
      expect(applied.diagnostics).toEqual([]);
      const state = decodeObject(attributes, applied.state, root);
      for (const [name, { type }] of Object.entries(attributes)) {
        expect(agrees(type, final.planned[name], state[name])).toBe(true);
        expect(agrees(type, planned[name], final.planned[name])).toBe(true);
      }
      const again = await planOf({ ...settled, prior: state }, resource);
      for (const [name, { type }] of Object.entries(attributes)) {
        expect(same(type, again.planned[name], state[name])).toBe(true);
      }
    }),
  );
});
