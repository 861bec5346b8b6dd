import { type Change, changesKept, createActivity } from '../../examples/sandbox/activity';
import type { Grant } from '../../examples/sandbox/grants';
import { importCommand } from '../../examples/sandbox/page/layout';

const user = (id: number, ...grants: Grant[]) => ({
  id,
  name: `user ${id}`,
  email: '',
  password: '',
  token: '',
  grants,
});

describe('the activity', () => {
  const change = { kind: 'created', actor: 'a', subject: 's' } as const;

  it('remembers the latest', () => {
    const kept: Change[] = [];
    const activity = createActivity(kept);
    for (let n = 0; n < changesKept + 7; n += 1) activity.tell({ ...change, subject: String(n) });
    expect(kept).toHaveLength(changesKept);
    const known = activity.known(user(1, 'manage'));
    expect([known[0]?.subject, known.at(-1)?.subject]).toEqual([String(changesKept + 6), '7']);
  });

  it('shows a user what the list would show', () => {
    const activity = createActivity([]);
    activity.tell({ ...change, subject: 'own', actorId: 1, clientId: 11, ownerId: 1 });
    activity.tell({ ...change, subject: "another's", actorId: 2, clientId: 12, ownerId: 2 });
    activity.tell({ ...change, subject: "at one's own client", actorId: 2, clientId: 11, ownerId: 1 });
    activity.tell({ ...change, subject: 'tried', actorId: 1, clientId: 12, ownerId: 2 });
    activity.tell({ ...change, subject: 'without a user' });
    const seenBy = (...grants: Grant[]) => activity.known(user(1, ...grants)).map(({ subject }) => subject);
    expect(seenBy('create')).toEqual(['id 12', "at one's own client", 'own']);
    const all = ['without a user', 'tried', "at one's own client", "another's", 'own'];
    expect(seenBy('manage')).toEqual(all);
    expect(seenBy('create', 'manage')).toEqual(all);
    expect(seenBy()).toEqual([]);
  });
});

describe('the import command', () => {
  it.each([
    ['nightly-export', 'nightly_export'],
    ['Sales: DE/AT', 'sales_de_at'],
    ['2nd', 'client_2nd'],
    ['"; rm -rf ~', 'client__rm_rf'],
    ['日本', 'client_'],
  ])('for a client named %j names a resource that Terraform takes', (name, label) => {
    expect(importCommand(name, 7)).toBe(`terraform import domo_api_client.${label} 7`);
  });
});
