import { serve } from '../../../provider/plugin/serve';
import { tfplugin6 } from '../../../provider/protocol/tfplugin6';
import { testProvider } from './provider';

void serve(tfplugin6(testProvider, async () => testProvider));
