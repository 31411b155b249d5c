import { type EntityRow, userRow } from '../../access/declaration.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, there } from '../operation.ts'

/** For the fields that need to know whose key it is; the others go without the join. */
const OWNER = { user: { select: { id: true, name: true, path: true, root: true } } } as const

const owner = ({ user }: { user: EntityRow }) => userRow(user)

interface LastUsed {
  at: Date | null
  service: string | null
  region: string | null
  operation: string | null
  sourceIp: string | null
}

const AccessKeyLastUsed = builder.objectRef<LastUsed>('AccessKeyLastUsed').implement({
  description: 'Every field is null when the key was never used.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: true }),
    service: t.exposeString('service', { nullable: true }),
    region: t.exposeString('region', { nullable: true }),
    operation: t.exposeString('operation', { nullable: true }),
    sourceIp: t.exposeString('sourceIp', { nullable: true }),
  }),
})

export const AccessKeyStatus = builder.enumType('AccessKeyStatus', { values: ['ACTIVE', 'INACTIVE'] as const })

export const AccessKey = builder.prismaNode('AccessKey', {
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  // Explicit: the sealed secret is never read here.
  select: { accountId: true, id: true },
  fields: (t) => ({
    accessKeyId: t.exposeString('id'),
    userName: t.string({ select: OWNER, resolve: ({ user }) => user.name }),
    status: t.expose('status', { type: AccessKeyStatus }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    description: t.string({
      nullable: true,
      description: "The value of the user's tag whose key is this access key id; null when there is none.",
      access: {
        anyOf: [
          { action: 'iam:ListUserTags', resource: owner },
          { action: 'iam:GetUser', resource: owner },
        ],
      },
      accessReads: OWNER,
      select: { user: { select: { ...OWNER.user.select, tags: { select: { keyFold: true, value: true } } } } },
      resolve: ({ id, user }) => user.tags.find(({ keyFold }) => keyFold === id.toLowerCase())?.value ?? null,
    }),
    lastUsed: t.field({
      type: AccessKeyLastUsed,
      nullable: true,
      access: { action: 'iam:GetAccessKeyLastUsed', resource: owner },
      accessReads: OWNER,
      select: {
        ...OWNER,
        lastUsedAt: true,
        lastUsedService: true,
        lastUsedRegion: true,
        lastUsedOperation: true,
        lastUsedSourceIp: true,
      },
      resolve: (key) => ({
        at: key.lastUsedAt,
        service: key.lastUsedService,
        region: key.lastUsedRegion,
        operation: key.lastUsedOperation,
        sourceIp: key.lastUsedSourceIp,
      }),
    }),
  }),
})

/** The key that a mutation changed: read again, with just what the client asked for. */
export function changedAccessKey<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: AccessKey,
    access: 'parent',
    resolve: async (query, row, _args, context) => there(await ENTITY_BY_ID.AccessKey(context, idOf(row), query)),
  })
}
