/** Compiles the provider for the machine that this runs on, into dist/native. */
import { compile } from './native/compile';

const executable = `dist/native/terraform-provider-domo${process.platform === 'win32' ? '.exe' : ''}`;
compile(executable);
process.stdout.write(`Compiled ${executable}.\n`);
