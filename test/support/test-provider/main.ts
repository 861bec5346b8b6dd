import { serve } from '../../../provider/plugin/serve';
import { tfplugin6 } from '../../../provider/protocol/tfplugin6';
import { kitchen } from './provider';

void serve(tfplugin6(kitchen, async () => kitchen));
