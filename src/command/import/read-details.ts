import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { RefusedError } from '../command.ts'
import { printable } from './printable.ts'
import type { Details, HolderDetails, PolicyDetails, RoleDetails, UserDetails } from './details.ts'

/** The CLI and boto3 print documents as objects; the API itself percent-encodes their text. */
const Document = z.union([z.record(z.string(), z.unknown()), z.string()]).transform((value) => {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2)
  return value.startsWith('%7B') ? decodeURIComponent(value) : value
})
const Inline = z.object({ PolicyName: z.string(), PolicyDocument: Document })
const Attached = z.object({ PolicyArn: z.string() })
const Tags = z.array(z.object({ Key: z.string(), Value: z.string() })).default([])
const Boundary = z.object({ PermissionsBoundaryArn: z.string() }).nullish()
const Entity = { Path: z.string().default('/'), Arn: z.string() }
const Holder = { ...Entity, AttachedManagedPolicies: z.array(Attached).default([]) }

/** Output of GetAccountAuthorizationDetails (IAM API reference); what is not read is left aside. */
const AuthorizationDetails = z.object({
  IsTruncated: z.boolean().optional(),
  UserDetailList: z
    .array(
      z.object({
        ...Holder,
        UserName: z.string(),
        UserPolicyList: z.array(Inline).default([]),
        GroupList: z.array(z.string()).default([]),
        PermissionsBoundary: Boundary,
        Tags,
      }),
    )
    .default([]),
  GroupDetailList: z
    .array(z.object({ ...Holder, GroupName: z.string(), GroupPolicyList: z.array(Inline).default([]) }))
    .default([]),
  RoleDetailList: z
    .array(
      z.object({
        ...Holder,
        RoleName: z.string(),
        AssumeRolePolicyDocument: Document,
        RolePolicyList: z.array(Inline).default([]),
        InstanceProfileList: z
          .array(z.object({ InstanceProfileName: z.string(), Path: z.string().default('/') }))
          .default([]),
        PermissionsBoundary: Boundary,
        Tags,
      }),
    )
    .default([]),
  Policies: z
    .array(
      z.object({
        ...Entity,
        PolicyName: z.string(),
        Description: z.string().nullish(),
        PolicyVersionList: z
          .array(z.object({ Document, VersionId: z.string().regex(/^v\d+$/), IsDefaultVersion: z.boolean() }))
          .min(1),
      }),
    )
    .default([]),
})

type Read = z.infer<typeof AuthorizationDetails>

export interface ReadDetails extends Details {
  /** The account that the file is of; null when it names none. */
  readonly source: string | null
}

/**
 * Reads what `aws iam get-account-authorization-details` printed, with the ids of its account made those of `accountId`: in ARNs
 * of IAM and STS, and where the id stands alone. Throws RefusedError.
 */
export function readDetails(file: string, accountId: string): ReadDetails {
  const text = textOf(file)
  const first = parsed(file, text)
  if (first.IsTruncated === true)
    throw new RefusedError(`${file} is one page of several: let the aws CLI print all of them (without --no-paginate).`)
  const source = sourceOf(first)
  if (source === null || source === accountId) return { source, ...detailsOf(first) }
  return { source, ...detailsOf(AuthorizationDetails.parse(moved(first, source, accountId))) }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RefusedError(error instanceof Error ? error.message : String(error))
  }
}

function parsed(file: string, text: string): Read {
  try {
    return AuthorizationDetails.parse(JSON.parse(text))
  } catch (error) {
    const where =
      error instanceof z.ZodError ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) : []
    const reason = where[0] ?? (error instanceof Error ? error.message : String(error))
    throw new RefusedError(`${file} is not what aws iam get-account-authorization-details prints: ${printable(reason)}`)
  }
}

function sourceOf({ UserDetailList, GroupDetailList, RoleDetailList, Policies }: Read): string | null {
  for (const { Arn } of [...UserDetailList, ...GroupDetailList, ...RoleDetailList, ...Policies]) {
    const account = /^arn:[\w-]+:iam::(\d{12}):/.exec(Arn)?.[1]
    if (account !== undefined) return account
  }
  return null
}

/** Resources of other services stay: they are where they were. */
function moved(value: unknown, source: string, target: string): unknown {
  const arns = new RegExp(`(arn:aws:(?:iam|sts)::)${source}(?=:)`, 'g')
  const alone = new RegExp(`"${source}"`, 'g')
  return JSON.parse(
    JSON.stringify(value, (_key, member: unknown) => {
      if (typeof member !== 'string') return member
      if (member === source) return target
      return member.replace(arns, `$1${target}`).replace(alone, `"${target}"`)
    }),
  )
}

function detailsOf(read: Read): Details {
  return {
    users: read.UserDetailList.map(
      (user): UserDetails => ({
        ...holderOf(user, user.UserName, user.UserPolicyList),
        ...limitedBy(user),
        groups: user.GroupList,
      }),
    ),
    groups: read.GroupDetailList.map((group) => holderOf(group, group.GroupName, group.GroupPolicyList)),
    roles: read.RoleDetailList.map(
      (role): RoleDetails => ({
        ...holderOf(role, role.RoleName, role.RolePolicyList),
        ...limitedBy(role),
        trust: role.AssumeRolePolicyDocument,
        profiles: role.InstanceProfileList.map(({ InstanceProfileName: name, Path: path }) => ({ name, path })),
      }),
    ),
    policies: read.Policies.map(policyOf),
  }
}

function holderOf(
  { Path: path, AttachedManagedPolicies }: { Path: string; AttachedManagedPolicies: z.infer<typeof Attached>[] },
  name: string,
  policies: z.infer<typeof Inline>[],
): HolderDetails {
  return {
    name,
    path,
    inline: policies.map(({ PolicyName, PolicyDocument: document }) => ({ name: PolicyName, document })),
    attached: AttachedManagedPolicies.map(({ PolicyArn }) => PolicyArn),
  }
}

function limitedBy({
  PermissionsBoundary: boundary,
  Tags: tags,
}: Pick<Read['UserDetailList'][number], 'PermissionsBoundary' | 'Tags'>) {
  return {
    boundary: boundary?.PermissionsBoundaryArn ?? null,
    tags: tags.map(({ Key: key, Value: value }) => ({ key, value })),
  }
}

function policyOf({
  Arn: arn,
  PolicyName: name,
  Path: path,
  Description,
  PolicyVersionList,
}: Read['Policies'][number]): PolicyDetails {
  const versions = PolicyVersionList.toSorted((a, b) => numberOf(a) - numberOf(b))
  return {
    arn,
    name,
    path,
    description: Description ?? null,
    versions: versions.map(({ Document: document, IsDefaultVersion: inForce }) => ({ document, inForce })),
  }
}

function numberOf({ VersionId }: { VersionId: string }): number {
  return Number(VersionId.slice(1))
}
