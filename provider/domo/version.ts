import { version } from '../../package.json';

/** This release of the provider: what must be known before Terraform connects. */
export const release = { name: 'domo', source: 'domo-governance/domo', version };
