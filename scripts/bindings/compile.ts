/**
 * Compiles packages with jsii, and writes the API.md of each: `compile.ts FOLDER…`. All in one process, because loading
 * the compilers takes half as long as they do. Runs in the repository's folder, since the bundle of it lies elsewhere.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** What is used of the compilers, which are meant to be started as programs. */
interface CompilerModule {
  readonly Compiler: new (options: { projectInfo: unknown }) => { emit(): Emitted };
}
interface Emitted {
  readonly emitSkipped: boolean;
  readonly diagnostics: readonly object[];
}
interface ProjectModule {
  loadProjectInfo(folder: string): { projectInfo: unknown };
}
interface TypeScriptModule {
  formatDiagnostics(diagnostics: readonly object[], host: object): string;
}
interface DocumentationModule {
  readonly Documentation: {
    forProject(folder: string): Promise<{ toMarkdown(options: object): Promise<{ render(): string }> }>;
  };
  readonly Language: { readonly TYPESCRIPT: unknown };
}

async function main(folders: string[]): Promise<void> {
  const load = createRequire(resolve('package.json'));
  const jsii = dirname(load.resolve('jsii/package.json'));
  const { Compiler } = load(join(jsii, 'lib/compiler.js')) as CompilerModule;
  const { loadProjectInfo } = load(join(jsii, 'lib/project-info.js')) as ProjectModule;
  const { formatDiagnostics } = createRequire(join(jsii, 'package.json'))('typescript') as TypeScriptModule;
  const { Documentation, Language } = load('jsii-docgen') as DocumentationModule;

  for (const folder of folders) {
    // Both look around from there.
    process.chdir(folder);
    const { emitSkipped, diagnostics } = new Compiler(loadProjectInfo(folder)).emit();
    if (emitSkipped) {
      const names = { getCanonicalFileName: (name: string) => name, getCurrentDirectory: () => folder };
      throw new Error(formatDiagnostics(diagnostics, { ...names, getNewLine: () => '\n' }));
    }
    const documentation = await Documentation.forProject(folder);
    const page = await documentation.toMarkdown({ language: Language.TYPESCRIPT, allSubmodules: true });
    writeFileSync('API.md', page.render());
  }
}

void main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
