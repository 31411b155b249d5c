import {
  groupArn,
  instanceProfileArn,
  mfaArn,
  type PathedEntity,
  parseIamArn,
  parseOidcProviderArn,
  parseSamlProviderArn,
  policyArn,
  roleArn,
  serverCertificateArn,
  userArn,
} from '../authn/arn.ts'

/** How keys of tags are compared; the spelling that was given stays. */
export type TagKeyCase = 'case-insensitive' | 'case-sensitive'

/** Where the rows of a kind are, and their tags. The account comes first in every key. */
export interface StoredEntity {
  readonly table: string
  /** Its rows can have a permissions boundary. */
  readonly boundary?: true
  /** What an ARN says of the row, in the form in which `column` holds it; of kinds that requests name by ARN. */
  readonly byArn?: { readonly column: string; readonly keyIn: (arn: string) => string | null }
  readonly tags?: {
    readonly table: string
    /** Names the row that tags hang on, beside the account; it refers to `ownerKey` of that row, `id` when absent. */
    readonly owner: string
    readonly ownerKey?: string
    /** The quota on tags of one row. */
    readonly quota: string
  }
}

/** One kind of thing that an action can be checked on. */
export interface EntityKind {
  /** The resource as `@access` prints it. */
  readonly template: string
  /** ARNs of everything of this kind, `?` for each digit of the account: what the simulator takes an action to be judged on. */
  readonly arns: readonly string[]
  /** The full ARN, of kinds that have a path and a name. They are listed by path prefix. */
  readonly arnOf?: (entity: PathedEntity) => string
  /** What requests name an existing one by. */
  readonly foundBy?: 'name' | 'arn'
  /** Takes its ARN apart, where it is not `arn:aws:iam::{account}:{kind}/{path}{name}`. */
  readonly parse?: (arn: string) => { readonly accountId: string } | null
  /** Users, groups and roles: what policies can be simulated for. */
  readonly principal?: true
  /** Kinds that have tags, which policies may look at. */
  readonly tagKeys?: TagKeyCase
  /** As denials call a thing of this kind; the name of the kind when absent. */
  readonly spoken?: string
  /** Where it is kept. Texts of statements are made of this: it is written here, and never taken from a request. */
  readonly stored?: StoredEntity
  /** A denial names what is listed or about to exist by this word and the name; without it by the ARN. */
  readonly noun?: string
}

function pathAndName(text: string): string | null {
  const named = parseIamArn(text)
  return named && named.path + named.name
}

const arn = (resource: string) => `arn:aws:iam::????????????:${resource}`

/**
 * The table of kinds: what an entity of IAM is to the gate, to the catalogue of actions and to tags. How a field names one is in
 * declaration.ts, and the statements that find one are in src/store/target-source.ts: the compiler asks for both.
 */
export const ENTITIES = {
  user: {
    template: 'arn:aws:iam::{account}:user/{userName}',
    arns: [arn('user/*'), arn('root')],
    arnOf: userArn,
    foundBy: 'name',
    principal: true,
    tagKeys: 'case-insensitive',
    stored: {
      table: '"user"',
      boundary: true,
      tags: { table: 'user_tag', owner: 'user_id', quota: 'TagsPerUser' },
    },
  },
  group: {
    template: 'arn:aws:iam::{account}:group/{groupName}',
    arns: [arn('group/*')],
    arnOf: groupArn,
    foundBy: 'name',
    principal: true,
    stored: { table: '"group"' },
  },
  role: {
    template: 'arn:aws:iam::{account}:role/{roleName}',
    arns: [arn('role/*')],
    arnOf: roleArn,
    foundBy: 'name',
    principal: true,
    tagKeys: 'case-insensitive',
    stored: {
      table: 'role',
      boundary: true,
      tags: { table: 'role_tag', owner: 'role_id', quota: 'TagsPerRole' },
    },
  },
  /** A user, a group or a role. */
  principal: {
    template: 'arn:aws:iam::{account}:{type}/{name}',
    arns: [arn('user/*'), arn('group/*'), arn('role/*')],
  },
  /** A user, a group, a role or a managed policy. */
  'principal-or-policy': {
    template: 'arn:aws:iam::{account}:{type}/{name}',
    arns: [arn('user/*'), arn('group/*'), arn('role/*'), arn('policy/*'), 'arn:aws:iam::aws:policy/*'],
  },
  policy: {
    template: 'arn:aws:iam::{account}:policy/{policyName}',
    arns: [arn('policy/*'), 'arn:aws:iam::aws:policy/*'],
    arnOf: policyArn,
    foundBy: 'arn',
    tagKeys: 'case-sensitive',
    noun: 'policy',
    stored: {
      table: 'policy',
      byArn: { column: 'name_key', keyIn: (text) => parseIamArn(text)?.name.toLowerCase() ?? null },
      tags: { table: 'policy_tag', owner: 'policy_id', quota: 'TagsPerPolicy' },
    },
  },
  mfa: {
    template: 'arn:aws:iam::{account}:mfa/{virtualMfaDeviceName}',
    arns: [arn('mfa/*')],
    arnOf: mfaArn,
    foundBy: 'arn',
    tagKeys: 'case-sensitive',
    stored: {
      table: 'mfa_device',
      byArn: { column: 'name_key', keyIn: (text) => pathAndName(text)?.toLowerCase() ?? null },
      tags: { table: 'mfa_device_tag', owner: 'device_id', quota: 'TagsPerMFADevice' },
    },
  },
  'oidc-provider': {
    template: 'arn:aws:iam::{account}:oidc-provider/{url}',
    arns: [arn('oidc-provider/*')],
    foundBy: 'arn',
    parse: parseOidcProviderArn,
    tagKeys: 'case-sensitive',
    stored: {
      table: 'oidc_provider',
      byArn: { column: 'url', keyIn: (text) => parseOidcProviderArn(text)?.url ?? null },
      tags: {
        table: 'oidc_provider_tag',
        owner: 'provider_url',
        ownerKey: 'url',
        quota: 'TagsPerOpenIdConnectProvider',
      },
    },
  },
  'saml-provider': {
    template: 'arn:aws:iam::{account}:saml-provider/{name}',
    arns: [arn('saml-provider/*')],
    foundBy: 'arn',
    parse: parseSamlProviderArn,
    tagKeys: 'case-sensitive',
    stored: {
      table: 'saml_provider',
      byArn: { column: 'name', keyIn: (text) => parseSamlProviderArn(text)?.name ?? null },
      tags: {
        table: 'saml_provider_tag',
        owner: 'provider_name',
        ownerKey: 'name',
        quota: 'TagsPerSAMLProvider',
      },
    },
  },
  'instance-profile': {
    template: 'arn:aws:iam::{account}:instance-profile/{instanceProfileName}',
    arns: [arn('instance-profile/*')],
    arnOf: instanceProfileArn,
    foundBy: 'name',
    tagKeys: 'case-sensitive',
    spoken: 'instance profile',
    stored: {
      table: 'instance_profile',
      tags: { table: 'instance_profile_tag', owner: 'profile_id', quota: 'TagsPerInstanceProfile' },
    },
  },
  'server-certificate': {
    template: 'arn:aws:iam::{account}:server-certificate/{serverCertificateName}',
    arns: [arn('server-certificate/*')],
    arnOf: serverCertificateArn,
    foundBy: 'name',
    tagKeys: 'case-sensitive',
    spoken: 'server certificate',
    stored: {
      table: 'server_certificate',
      tags: { table: 'server_certificate_tag', owner: 'certificate_id', quota: 'TagsPerServerCertificate' },
    },
  },
  /** Somebody who gets temporary credentials under a name. Sessions are tagged when a role is assumed, too. */
  'federated-user': {
    template: 'arn:aws:sts::{account}:federated-user/{name}',
    arns: ['arn:aws:sts::????????????:federated-user/*', arn('role/*')],
  },
  /** Of actions that have no resource type: policies name them with `"Resource": "*"`, or with the ARN that IAM evaluates in place. */
  account: { template: '*', arns: ['*'] },
} as const satisfies Readonly<Record<string, EntityKind>>

/** The kind of thing that an action is checked on. */
export type ResourceKind = keyof typeof ENTITIES

type KindsWith<Facts> = { [Kind in ResourceKind]: (typeof ENTITIES)[Kind] extends Facts ? Kind : never }[ResourceKind]

/** Kinds that have a path, and that IAM lists by it. */
export type PathedKind = KindsWith<{ readonly arnOf: unknown }>

/** Kinds of which requests give a name. */
export type NamedKind = KindsWith<{ readonly foundBy: 'name' }>

/** Kinds that can be principals of requests. */
export type PrincipalKind = KindsWith<{ readonly principal: true }>

/** Kinds that requests name by their whole ARN: only their tags have to be looked up. */
export type KindByArn = KindsWith<{ readonly foundBy: 'arn' }>

/** Kinds that have tags. */
export type TaggedKind = KindsWith<{ readonly tagKeys: TagKeyCase }>

/** What the table says of a kind. */
export function factsOf(kind: ResourceKind): EntityKind {
  return ENTITIES[kind]
}

/** The account that an ARN of this kind belongs to; null when it names nothing of the kind. */
export function accountIn(kind: ResourceKind, text: string): string | null {
  const { parse } = factsOf(kind)
  if (parse) return parse(text)?.accountId ?? null
  const named = parseIamArn(text)
  return named?.type === kind ? named.accountId : null
}

/** The kind with tags that an ARN of this account names; null when it names none. */
export function taggedKindOf(text: string, accountId: string): TaggedKind | null {
  return TAGGED_KINDS.find((kind) => accountIn(kind, text) === accountId) ?? null
}

export function isPrincipalKind(text: string): text is PrincipalKind {
  return isKind(text) && factsOf(text).principal === true
}

export function isKindByArn(kind: ResourceKind): kind is KindByArn {
  return factsOf(kind).foundBy === 'arn'
}

function isKind(text: string): text is ResourceKind {
  return Object.hasOwn(ENTITIES, text)
}

function isNamed(kind: ResourceKind): kind is NamedKind {
  return factsOf(kind).foundBy === 'name'
}

/** Whether things of a kind have tags. */
export function isTagged(kind: ResourceKind): kind is TaggedKind {
  return factsOf(kind).tagKeys !== undefined
}

const KINDS = Object.keys(ENTITIES).filter(isKind)

export const TAGGED_KINDS = KINDS.filter(isTagged)
export const NAMED_KINDS = KINDS.filter(isNamed)
