import { queryFromInfo } from '@pothos/plugin-prisma'
import { everything, keyOwner, listOf, type Requirement, userWithId } from '../../access/declaration.ts'
import { isEventId } from '../../iam/audit/page-of-events.ts'
import { readEvents } from '../../iam/audit/read-events.ts'
import type { ReadCall, Selection } from '../../iam/call.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { parseGlobalId } from '../global-id.ts'

type NeedOfNode = Requirement<unknown, { readonly id: string }>

interface NodeKind {
  readonly read: (call: ReadCall, id: string, asked: Selection) => Promise<object | null>
  /** One of them is enough. They stand beside the reader, so that no type can be read without any. */
  readonly needs: readonly [NeedOfNode, ...NeedOfNode[]]
}

const idOf = ({ id }: { id: string }) => parseGlobalId(id)?.id ?? ''

const { User, AccessKey, Group, InstanceProfile, Policy, Role, MfaDevice, ServerCertificate } = ENTITY_BY_ID

/** The types that `node` knows: how each is read, and what that needs. */
const NODES = {
  User: {
    read: User,
    needs: [
      { action: 'iam:GetUser', resource: (_parent, args) => userWithId(idOf(args)) },
      { action: 'iam:ListUsers', resource: () => listOf('user') },
    ],
  },
  AccessKey: {
    read: AccessKey,
    needs: [
      { action: 'iam:ListAccessKeys', resource: (_parent, args) => keyOwner(idOf(args)) },
      { action: 'iam:GetAccessKeyLastUsed', resource: (_parent, args) => keyOwner(idOf(args)) },
    ],
  },
  Group: { read: Group, needs: [{ action: 'iam:ListGroups', resource: () => listOf('group') }] },
  InstanceProfile: {
    read: InstanceProfile,
    needs: [{ action: 'iam:ListInstanceProfiles', resource: () => listOf('instance-profile') }],
  },
  Policy: { read: Policy, needs: [{ action: 'iam:ListPolicies', resource: () => listOf('policy') }] },
  Role: { read: Role, needs: [{ action: 'iam:ListRoles', resource: () => listOf('role') }] },
  ServerCertificate: {
    read: ServerCertificate,
    needs: [{ action: 'iam:ListServerCertificates', resource: () => listOf('server-certificate') }],
  },
  MfaDevice: { read: MfaDevice, needs: [{ action: 'iam:ListVirtualMFADevices', resource: () => listOf('mfa') }] },
  AuditEvent: {
    read: async ({ db, principal: { accountId } }, id) =>
      isEventId(id) ? ((await readEvents(db, [accountId], [id], 'asc'))[0] ?? null) : null,
    needs: [{ action: 'cloudtrail:LookupEvents', resource: () => everything() }],
  },
} as const satisfies Readonly<Record<keyof typeof ENTITY_BY_ID | 'AuditEvent', NodeKind>>

const NEEDS = Object.entries<NodeKind>(NODES).flatMap(([type, { needs }]) =>
  needs.map((need): NeedOfNode => ({ ...need, when: (_parent, { id }) => parseGlobalId(id)?.type === type })),
)

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description:
      'An object by its global id; null when there is none. It needs a permission to list objects of its type, or to read one of them.',
    args: { id: t.arg.id({ required: true, description: 'The global id, from the field `id` of the object.' }) },
    access: { anyOf: NEEDS },
    resolve: async (_parent, args, context, info) => {
      const node = parseGlobalId(args.id)
      if (!node || !isNodeType(node.type)) return null
      // An event is a row as it is; the others are read with what is asked of them.
      const query = node.type === 'AuditEvent' ? {} : queryFromInfo({ context, info, typeName: node.type })
      const row = await NODES[node.type].read(context, node.id, query)
      return row && { ...row, __typename: node.type }
    },
  }),
)

function isNodeType(type: string): type is keyof typeof NODES {
  return Object.hasOwn(NODES, type)
}
