/** Lines for {@link more}: a client that somebody made by hand is taken over. */
export const adoption = `client('adopted', 'by-hand').importFrom('by-hand');
client('before', 'moving');
rotating('2026-01-01T05:00:00Z');`;

/** Lines for {@link more}: a resource gets another address, and the schedule has gone on. */
export const move = `client('adopted', 'by-hand');
client('after', 'moving').moveFromId('domo_api_client.before');
rotating('2026-04-01T05:00:00Z');`;

/**
 * A program beside an example's main.ts: the stack for development, with more in it.
 *
 * @param out the folder for what it synthesizes
 */
export const more = (library: string, lines: string, out = 'cdktf.out') => `import { App } from '${library}';
import { apiClient, dataDomoApiClients } from '${library}-provider-domo';
import { RotatingApiClient } from './rotating-api-client';
import { Governance } from './stack';
import { teams } from './teams';
const context = { targetVersions: { terraform: '>=1.8.0', opentofu: '>=1.7.0' } };
const app = new App({ context, outdir: '${out}' });
const stack = new Governance(app, 'dev', { environment: 'dev', instance: 'acme-dev', teams });
const client = (id: string, name: string) => new apiClient.ApiClient(stack, id, { name, scopes: ['data'] });
const { names } = new dataDomoApiClients.DataDomoApiClients(stack, 'all');
const schedule = { prefix: 'export ', first: '2026-01-01', every: '90d', overlap: '14d' };
const rotating = (now: string) =>
  new RotatingApiClient(stack, 'rotating', { names, ...schedule, description: '', scopes: ['data'], now });
${lines}
app.synth();
`;

/** Programs of which `all.ts` synthesizes an example's stacks and those of {@link more}, each in a folder of its own. */
export const everything = (library: string) => ({
  'adoption.ts': more(library, adoption, 'adoption.out'),
  'move.ts': more(library, move, 'move.out'),
  'all.ts': "import './main';\nimport './adoption';\nimport './move';\n",
});

/** Where they are then. */
export const everyStack = [
  'cdktf.out/stacks/dev',
  'cdktf.out/stacks/prod',
  'adoption.out/stacks/dev',
  'move.out/stacks/dev',
];
