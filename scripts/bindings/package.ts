import { domoProvider } from '../../provider/domo/provider';
import { type Flavour, packageName } from './flavours';

/** The package.json: what npm, the language compilers and the libraries' own command line read. */
export function packageJson(flavour: Flavour) {
  const { library, title, peerDependencies } = flavour;
  const name = packageName(flavour);
  const module = name.replaceAll('-', '_');
  return {
    name,
    version: domoProvider.version,
    description: `Typed classes for Domo API clients in ${title} stacks`,
    license: 'Apache-2.0',
    author: { name: 'The authors of terraform-provider-domo', organization: true },
    repository: { type: 'git', url: 'https://github.com/domo-governance/terraform-provider-domo.git' },
    keywords: ['cdk', library, 'provider', 'domo', 'terraform'],
    main: 'lib/index.js',
    types: 'lib/index.d.ts',
    files: ['lib', '.jsii', 'API.md'],
    engines: { node: '>= 20.9.0' },
    stability: 'experimental',
    peerDependencies,
    // The compiler looks for them here.
    devDependencies: peerDependencies,
    publishConfig: { access: 'public' },
    [library]: {
      provider: { name: `registry.terraform.io/${domoProvider.source}`, version: domoProvider.version },
    },
    jsii: {
      outdir: 'dist',
      targets: { python: { distName: name, module } },
      // Without a list, the compiler reads all types that are installed anywhere above.
      tsc: { outDir: 'lib', rootDir: 'src', types: [] },
    },
  };
}

/** The README, with a stack that works as it stands. */
export function readme(flavour: Flavour): string {
  const { library, title } = flavour;
  const name = packageName(flavour);
  return `# ${name}

Typed classes for the Terraform provider [domo](https://github.com/domo-governance/terraform-provider-domo), which
manages the API clients of a Domo instance as code, in ${title} stacks.

    npm install ${name} ${Object.keys(flavour.peerDependencies).join(' ')}

\`\`\`ts
import { App, TerraformOutput, TerraformStack } from '${library}';
import { apiClient, dataDomoApiClients, provider } from '${name}';

const app = new App();
const stack = new TerraformStack(app, 'governance');

new provider.DomoProvider(stack, 'domo', { instance: 'acme' });

const client = new apiClient.ApiClient(stack, 'nightly-export', {
  name: 'nightly-export',
  description: 'Reads the sales datasets into the warehouse. Owner: data platform team.',
  scopes: ['data'],
});

// A getter does not know that its value is sensitive: set it here, or Terraform refuses the plan.
new TerraformOutput(stack, 'secret', { value: client.clientSecret, sensitive: true });

const all = new dataDomoApiClients.DataDomoApiClients(stack, 'all');
new TerraformOutput(stack, 'names', { value: all.names });

app.synth();
\`\`\`

[API.md](API.md) lists the classes, with the description of every argument and attribute; what the classes inherit from
${title} is listed there by name and type alone. The provider itself must be installed where Terraform finds it; the token
comes from \`DOMO_ACCESS_TOKEN\`.
`;
}
