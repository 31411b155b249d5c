import { queryFromInfo } from '@pothos/plugin-prisma'
import { everything, keyOwner, listOf, userWithId } from '../../access/declaration.ts'
import { isEventId } from '../../iam/audit/page-of-events.ts'
import { readEvents } from '../../iam/audit/read-events.ts'
import type { ReadCall, Selection } from '../../iam/call.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { parseGlobalId } from '../global-id.ts'

/** The types that `node` knows, and how each is read. */
const READERS = {
  ...ENTITY_BY_ID,
  AuditEvent: async ({ db, principal: { accountId } }, id) =>
    isEventId(id) ? ((await readEvents(db, [accountId], [id], 'asc'))[0] ?? null) : null,
} satisfies Record<string, (call: ReadCall, id: string, asked: Selection) => Promise<object | null>>

type NodeType = keyof typeof READERS

const isA =
  (type: NodeType) =>
  (_parent: unknown, { id }: { id: string }) =>
    parseGlobalId(id)?.type === type

const idOf = ({ id }: { id: string }) => parseGlobalId(id)?.id ?? ''

builder.queryField('node', (t) =>
  t.field({
    type: builder.nodeInterfaceRef(),
    nullable: true,
    description: 'An object by its global id; guarded as the field that lists such objects, or that reads one of them.',
    args: { id: t.arg.id({ required: true }) },
    access: {
      anyOf: [
        { action: 'iam:GetUser', when: isA('User'), resource: (_parent, args) => userWithId(idOf(args)) },
        { action: 'iam:ListUsers', when: isA('User'), resource: () => listOf('user') },
        { action: 'iam:ListAccessKeys', when: isA('AccessKey'), resource: (_parent, args) => keyOwner(idOf(args)) },
        {
          action: 'iam:GetAccessKeyLastUsed',
          when: isA('AccessKey'),
          resource: (_parent, args) => keyOwner(idOf(args)),
        },
        { action: 'iam:ListGroups', when: isA('Group'), resource: () => listOf('group') },
        { action: 'iam:ListPolicies', when: isA('Policy'), resource: () => listOf('policy') },
        { action: 'iam:ListRoles', when: isA('Role'), resource: () => listOf('role') },
        { action: 'iam:ListVirtualMFADevices', when: isA('MfaDevice'), resource: () => listOf('mfa') },
        { action: 'cloudtrail:LookupEvents', when: isA('AuditEvent'), resource: () => everything() },
      ],
    },
    resolve: async (_parent, args, context, info) => {
      const node = parseGlobalId(args.id)
      if (!node || !isNodeType(node.type)) return null
      // An event is a row as it is; the others are read with what is asked of them.
      const query = node.type === 'AuditEvent' ? {} : queryFromInfo({ context, info, typeName: node.type })
      const row = await READERS[node.type](context, node.id, query)
      return row && { ...row, __typename: node.type }
    },
  }),
)

function isNodeType(type: string): type is NodeType {
  return Object.hasOwn(READERS, type)
}
