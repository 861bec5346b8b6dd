import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readElf } from '../../scripts/release/inspect/elf';
import { type NativeBuild, startedParts } from '../../scripts/starter/parts';
import { providerVersion } from '../support/provider-build';
import { skipped } from '../support/skipped';
import { removeTempFolders } from '../support/temp';
import { type Root, rootFolder, type Static, staticPrograms } from './chroot-support';

const version = providerVersion();
const place = `/mirror/registry.terraform.io/domo-governance/domo/${version}/linux_${process.arch === 'x64' ? 'amd64' : process.arch}`;
const script = `${place}/terraform-provider-domo_v${version}`;
const unrecognized = 'Unrecognized remote plugin message: terraform-provider-domo: ';

const configuration = `terraform {
  required_providers {
    domo = {
      source = "domo-governance/domo"
    }
  }
}

data "domo_api_client_scopes" "known" {}

output "scopes" {
  value = keys(data.domo_api_client_scopes.known)
}
`;

afterAll(removeTempFolders);

const programs = staticPrograms();
if (typeof programs === 'string') {
  skipped('a system without glibc', programs);
  const mustBe = process.platform === 'linux' && process.env.CI !== undefined;
  it('can be tried where it must be', () => expect(mustBe).toBe(false));
} else {
  describe('on a system without glibc', () => withoutGlibc(programs));
}

function withoutGlibc(programs: Static): void {
  // The script waits for a second before it ends with a message, so that the tests wait together.
  const it = test.concurrent;

  const newRoot = (): Root => {
    const root = rootFolder(programs, { DOMO_INSTANCE: 'acme', DOMO_ACCESS_TOKEN: 'fake-token' });
    root.write('work/main.tf', configuration);
    return root;
  };

  /** Puts the provider into a mirror, as a zip has it if there is a native build; initializes, and plans. */
  async function plan(root: Root, native?: NativeBuild): Promise<{ code: number | null; text: string }> {
    for (const { name, content, executable } of startedParts(
      'dist/terraform-provider-domo',
      version,
      native,
    )) {
      root.write(join(place, name), content, executable ? 0o755 : 0o644);
    }
    const init = await root.run('/bin/engine', 'init', '-no-color', '-input=false', '-plugin-dir=/mirror');
    expect(init).toEqual({ code: 0, text: expect.stringContaining('successfully initialized') });
    return root.run('/bin/engine', 'plan', '-no-color', '-input=false');
  }

  it('the provider of a release runs with Node.js', async () => {
    const root = newRoot();
    root.addNode();
    expect(await plan(root, needsGlibc())).toEqual({
      code: 0,
      text: expect.stringContaining('Changes to Outputs'),
    });
  });

  it('that of "make install" does, too', async () => {
    const root = newRoot();
    root.addNode();
    expect(await plan(root)).toEqual({ code: 0, text: expect.stringContaining('Changes to Outputs') });
  });

  it('terraform says which package to add if there is no node', async () => {
    const root = newRoot();
    const { code, text } = await plan(root, needsGlibc());
    expect(code).toBe(1);
    expect(text).toContain(`${unrecognized}this system has no glibc, so Node.js 20.3 or newer is needed`);
    expect(text).toContain('(Alpine: apk add nodejs)');
    expect(text).not.toContain('fork/exec');
  });

  it('says of what "make install" has put there that there is no node', async () => {
    const root = newRoot();
    const { code, text } = await plan(root);
    expect(code).toBe(1);
    expect(text).toContain(
      `${unrecognized}Node.js 20.3 or newer is needed, and there is no node on the PATH`,
    );
  });

  it('needs no /dev', async () => {
    const root = newRoot();
    root.addNode();
    await plan(root, needsGlibc());
    root.removeDevices();
    expect(await root.run(script, '--version')).toEqual({
      code: 0,
      text: `terraform-provider-domo ${version}`,
    });
  });

  it("takes gcompat's loader for none of glibc's", async () => {
    const root = newRoot();
    root.write(loader(), 'not really', 0o755);
    root.write('lib/libgcompat.so.0', 'not really');
    expect((await plan(root, needsGlibc())).text).toContain(`${unrecognized}this system has no glibc`);
  });

  it('has the executable run where its loader is', async () => {
    const root = newRoot();
    root.write(loader(), 'there');
    const content = Buffer.from('#!/bin/sh\necho "the executable runs"\nsleep 1\n');
    expect((await plan(root, { content, loader: loader() })).text).toContain(
      'plugin message: the executable runs',
    );
  });

  it('says that files are missing if only the script was taken out of a zip', async () => {
    const root = newRoot();
    await plan(root);
    root.write('bin/provider', readFileSync(join(root.folder, script)), 0o755);
    for (const command of ['/bin/provider', 'provider']) {
      expect(await root.run(command, '--version')).toEqual({
        code: 1,
        text: 'terraform-provider-domo: /bin lacks files of the provider: put the whole content of the zip there, not only one file of it',
      });
    }
  });

  it('hands its arguments and its exit code on', async () => {
    const root = newRoot();
    root.addNode();
    await plan(root);
    expect(await root.run(script, '--version')).toEqual({
      code: 0,
      text: `terraform-provider-domo ${version}`,
    });
    expect(await root.run(script, '--an "odd" one')).toMatchObject({
      code: 1,
      text: expect.stringContaining('unknown argument --an "odd" one'),
    });
  });
}

/** The loader of this machine's glibc. */
const loader = () => readElf(readFileSync(process.execPath)).interpreter ?? '';

/** An executable that this machine can run, and a system without glibc cannot. */
const needsGlibc = (): NativeBuild => ({ content: readFileSync('/bin/true'), loader: loader() });
