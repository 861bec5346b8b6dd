/** A library of constructs that bindings are made for. Stacks use one or the other; the classes have the same names. */
export interface Flavour {
  readonly library: 'cdktf' | 'cdktn';
  /** As people call it. */
  readonly title: string;
  /** The module with `TerraformProviderGenerator`: the generator's own entry needs more than that. */
  readonly generator: string;
  /** The module with what tells the generator which provider is meant. */
  readonly commons: string;
  /** What the packages are used with. */
  readonly peerDependencies: Readonly<Record<string, string>>;
}

export const flavours: readonly Flavour[] = [
  {
    library: 'cdktf',
    title: 'CDK for Terraform (CDKTF)',
    generator: '@cdktf/provider-generator/lib/get/generator/provider-generator',
    commons: '@cdktf/commons',
    peerDependencies: { cdktf: '^0.21.0', constructs: '^10.4.2' },
  },
  {
    library: 'cdktn',
    title: 'CDK Terrain',
    generator: '@cdktn/provider-generator/build/get/generator/provider-generator',
    commons: '@cdktn/commons',
    peerDependencies: { cdktn: '^0.24.0', constructs: '>=10.6.0 <10.8.0' },
  },
];

/** The package's name, which is also its folder's in dist. */
export const packageName = ({ library }: Flavour) => `${library}-provider-domo`;
