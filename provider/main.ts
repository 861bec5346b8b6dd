import { domoProvider } from './domo/provider';
import { serve } from './plugin/serve';
import { tfplugin6 } from './protocol/tfplugin6';

void serve(tfplugin6(domoProvider));
