import { App } from 'cdktn';
import { Governance } from './stack';
import { teams } from './teams';

const app = new App();
new Governance(app, 'dev', { environment: 'dev', instance: 'acme-dev', teams });
new Governance(app, 'prod', { environment: 'prod', instance: 'acme', teams });
app.synth();
