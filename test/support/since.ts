import { type Engine, isAtLeast } from './engines';
import { skipped } from './skipped';

/**
 * `it` for an engine that is at least Terraform 1.`terraform` or OpenTofu 1.`tofu` (undefined if none can); for another
 * one, a test that is skipped and says why.
 */
export function since(engine: Engine, terraform: number, tofu: number | undefined) {
  const able =
    isAtLeast(engine, 'terraform', 1, terraform) ||
    (tofu !== undefined && isAtLeast(engine, 'tofu', 1, tofu));
  const why = `needs Terraform 1.${terraform}${tofu === undefined ? '; OpenTofu has none' : ` or OpenTofu 1.${tofu}`}`;
  return (name: string, test: () => Promise<void>) => {
    if (able) return it(name, test);
    skipped(`${engine.name} carries ${name}`, why);
    return it.skip(`${name} (${why})`, test);
  };
}
