const { default: Sequencer } = require('@jest/test-sequencer');

// What waits longest comes first: at the end it would leave a core idle. A first run in a clone knows no times, and goes by
// the size of the files, which says nothing of these.
const longest = [
  'bindings/bindings',
  'chaos/chaos',
  'acceptance/faults-create',
  'acceptance/examples',
  'acceptance/rate-limit',
  'acceptance/faults-list-counts',
  'acceptance/faults-name-taken',
  'acceptance/framework-values',
  'protocol/provider-endurance',
].map((name) => `/test/${name}.test.ts`);

const rank = ({ path }) => longest.findIndex((name) => path.endsWith(name)) + 1 || longest.length + 1;

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
};
