import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Engine, engines, isAtLeast } from '../support/terraform';
import { client, openDomo, setUp, tearDown } from './setup';

afterAll(tearDown);

interface Stored {
  readonly resources: readonly { readonly instances: readonly { readonly private?: string }[] }[];
}

const privateOf = (folder: string) => {
  const state = JSON.parse(readFileSync(join(folder, 'terraform.tfstate'), 'utf8')) as Stored;
  return state.resources.flatMap(({ instances }) => instances.map((each) => each.private));
};

// Engines compare the private state of a resource as well, byte by byte.
describe.each(engines())('plan -refresh-only -detailed-exitcode with $name', (engine: Engine) => {
  // Terraform 1.11 compares the marks of two sensitive attributes in the order in which a map happens to yield them.
  const isDependable = isAtLeast(engine, 'terraform', 1, 15) || engine.product === 'tofu';

  it.concurrent.each(['full', 'stars'] as const)(
    'finds nothing after a creation, with the client ids %s in the list',
    async (clientIds) => {
      const domo = await openDomo({ clientIds });
      const { work, apply, plan } = await setUp(client('one') + client('two'), { engine, domo });
      expect(await apply()).toMatchObject({ code: 0 });
      const created = privateOf(work.folder);
      const codes: number[] = [];
      for (let time = 0; time < 5; time++) codes.push((await plan('-refresh-only')).code ?? -1);
      if (isDependable) expect(codes).toEqual([0, 0, 0, 0, 0]);
      expect(await apply('-refresh-only')).toMatchObject({ code: 0 });
      expect(privateOf(work.folder)).toEqual(created);
    },
  );
});
