import { managedPolicyArn } from '../../authn/arn.ts'
import type { KeysetConnection, PageArgs } from '../../iam/keyset-page.ts'
import {
  type DetailsRead,
  groupDetails,
  managedPolicyDetails,
  roleDetails,
  userDetails,
} from '../../iam/reports/authorization-details.ts'
import type { Details, HolderDetails } from './details.ts'

/** In pages, because that is how they are read. */
const PAGE = 1000

/** What the account holds already. */
export async function presentDetails(call: DetailsRead): Promise<Details> {
  const users = await all((page) => userDetails(call, page))
  const groups = await all((page) => groupDetails(call, page))
  const roles = await all((page) => roleDetails(call, page))
  const policies = await all((page) => managedPolicyDetails(call, { ...page, builtIn: false }))
  return {
    users: users.map((user) => ({
      ...holderOf(user),
      boundary: user.boundary && managedPolicyArn(user.boundary),
      tags: user.tags,
      groups: user.groups.map(({ group }) => group.name),
    })),
    groups: groups.map(holderOf),
    roles: roles.map((role) => ({
      ...holderOf(role),
      boundary: role.boundary && managedPolicyArn(role.boundary),
      tags: role.tags,
      trust: role.trustPolicy,
      profiles: role.instanceProfiles.map(({ name, path }) => ({ name, path })),
    })),
    policies: policies.map(({ versions, defaultVersion, ...policy }) => ({
      arn: managedPolicyArn(policy),
      name: policy.name,
      path: policy.path,
      description: policy.description,
      versions: versions.toReversed().map(({ document, number }) => ({ document, inForce: number === defaultVersion })),
    })),
  }
}

async function all<Row>(read: (page: PageArgs) => Promise<KeysetConnection<Row>>): Promise<Row[]> {
  const rows: Row[] = []
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = await read({ first: PAGE, after })
    rows.push(...edges.map(({ node }) => node))
    if (!pageInfo.hasNextPage) return rows
    after = pageInfo.endCursor
  }
}

interface HolderRow {
  readonly name: string
  readonly path: string
  readonly inlinePolicies: readonly { readonly name: string; readonly document: string }[]
  readonly attachedPolicies: readonly { readonly policy: Parameters<typeof managedPolicyArn>[0] }[]
}

function holderOf({ name, path, inlinePolicies, attachedPolicies }: HolderRow): HolderDetails {
  return {
    name,
    path,
    inline: inlinePolicies,
    attached: attachedPolicies.map(({ policy }) => managedPolicyArn(policy)),
  }
}
