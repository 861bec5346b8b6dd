import { release } from './domo/version';
import { serve } from './plugin/serve';
import { tfplugin6 } from './protocol/tfplugin6';

// Terraform starts this three times for a plan, so the provider is loaded only once Terraform knows where to connect.
void serve(tfplugin6(release, async () => (await import('./domo/provider')).domoProvider));
