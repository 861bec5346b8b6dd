import { version } from '../../package.json';

/** Who this provider is: all that is needed of it before Terraform connects. */
export const identity = { name: 'domo', source: 'domo-governance/domo', version };
