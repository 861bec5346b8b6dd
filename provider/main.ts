import { release } from './domo/version';
import { serve } from './plugin/serve';
import { tfplugin6 } from './protocol/tfplugin6';

const served = tfplugin6(
  release,
  async () => (await import('./domo/provider')).domoProvider,
  async () => (await import('./domo/prepared-schema')).preparedSchema,
);
const plugin = {
  ...served,
  about: `${served.about}\nFor people: "${served.name} doctor" reports how a Domo instance responds (doctor --help).`,
};
const [command, ...args] = process.argv.slice(2);

// Terraform starts this three times for a plan: what it offers is loaded once Terraform knows where to connect.
if (command === 'doctor' && process.env[plugin.cookie.name] !== plugin.cookie.value) {
  void import('./doctor/command').then(({ runDoctor }) => runDoctor(args));
} else {
  void serve(plugin);
}
