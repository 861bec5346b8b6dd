import type { Provider } from '../../framework/provider';
import type { ResourceDefinition } from '../../framework/resource';
import { mapRecord } from '../../framework/schema/codec';
import { describe } from '../../framework/schema/describe';
import type { Attribute, Attributes } from '../../framework/schema/schema';
import {
  GetProviderSchema_Response,
  type ResourceIdentitySchema,
  type Schema,
  type Schema_Attribute,
  Schema_Object_NestingMode,
  type ServerCapabilities,
  StringKind,
} from '../generated/tfplugin6';
import { functionSchemas } from './function';
import { wireType } from './type';

/** What this server can do beyond the minimum, as Terraform asks about it. */
export const capabilities: ServerCapabilities = {
  planDestroy: true,
  getProviderSchemaOptional: true,
  moveResourceState: true,
  generateResourceConfig: true,
};

const nesting = {
  single: Schema_Object_NestingMode.SINGLE,
  list: Schema_Object_NestingMode.LIST,
  set: Schema_Object_NestingMode.SET,
  map: Schema_Object_NestingMode.MAP,
} as const;

/** The answer for a provider that offers nothing. */
export const emptySchema: GetProviderSchema_Response = {
  provider: undefined,
  resourceSchemas: {},
  dataSourceSchemas: {},
  functions: {},
  ephemeralResourceSchemas: {},
  listResourceSchemas: {},
  stateStoreSchemas: {},
  actionSchemas: {},
  diagnostics: [],
  providerMeta: undefined,
  serverCapabilities: capabilities,
};

export function providerSchema<C>(provider: Provider<C>): GetProviderSchema_Response {
  const schemas = (offered: readonly { readonly name: string; readonly definition: Described }[]) =>
    Object.fromEntries(offered.map((each) => [`${provider.name}_${each.name}`, schema(each.definition)]));
  return {
    ...emptySchema,
    provider: schema({ ...provider, version: 0 }),
    resourceSchemas: schemas(provider.resources),
    dataSourceSchemas: schemas(provider.dataSources),
    ephemeralResourceSchemas: schemas(provider.ephemeralResources ?? []),
    actionSchemas: mapRecord(schemas(provider.actions ?? []), (schema) => ({ schema })),
    functions: functionSchemas(provider),
    listResourceSchemas: schemas(provider.listResources ?? []),
  };
}

/** The same as it is sent, for a bundle to have it ready. */
export function encodedSchema<C>(provider: Provider<C>): Buffer {
  return Buffer.from(GetProviderSchema_Response.encode(providerSchema(provider)).finish());
}

interface Described {
  readonly attributes: Attributes;
  readonly description: string;
  readonly version?: number;
}

function schema({ attributes, description, version = 0 }: Described): Schema {
  return {
    version: BigInt(version),
    block: {
      version: BigInt(version),
      attributes: wireAttributes(attributes),
      blockTypes: [],
      description,
      descriptionKind: StringKind.MARKDOWN,
      deprecated: false,
      deprecationMessage: '',
      computed: false,
    },
  };
}

function wireAttributes(attributes: Attributes): Schema_Attribute[] {
  return Object.entries(attributes).map(([name, attribute]) => wireAttribute(name, attribute));
}

function wireAttribute(name: string, attribute: Attribute): Schema_Attribute {
  const { type, presence, sensitive, writeOnly, deprecated } = attribute;
  return {
    name,
    ...(type.nested
      ? {
          type: Buffer.alloc(0),
          nestedType: {
            attributes: wireAttributes(type.nested.attributes),
            nesting: nesting[type.nested.mode],
          },
        }
      : { type: wireType(type.cty), nestedType: undefined }),
    description: describe(attribute),
    descriptionKind: StringKind.MARKDOWN,
    required: presence === 'required',
    optional: presence === 'optional' || presence === 'optional+computed',
    computed: presence === 'computed' || presence === 'optional+computed',
    sensitive,
    writeOnly,
    deprecated: deprecated !== undefined,
    deprecationMessage: deprecated ?? '',
  };
}

export function identitySchema(
  definition: ResourceDefinition<never, Attributes>,
): ResourceIdentitySchema | undefined {
  if (!definition.identity) return undefined;
  return {
    version: 0n,
    identityAttributes: Object.entries(definition.identity).map(([name, need]) => ({
      name,
      type: wireType('string'),
      requiredForImport: need === 'required',
      optionalForImport: need === 'optional',
      description: definition.attributes[name]?.description ?? '',
    })),
  };
}
