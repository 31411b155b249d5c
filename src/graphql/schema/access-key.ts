import { type EntityRow, userRow } from '../../access/declaration.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'

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
  description: 'The last request that was signed with an access key. Every field is null when the key was never used.',
  fields: (t) => ({
    at: t.expose('at', { type: 'DateTime', nullable: true, description: 'When the request was made.' }),
    service: t.exposeString('service', {
      nullable: true,
      description: 'The service that was asked, for example `iam`.',
    }),
    region: t.exposeString('region', {
      nullable: true,
      description: 'The region of the signature, for example `us-east-1`.',
    }),
    operation: t.exposeString('operation', { nullable: true, description: 'The operation that was asked for.' }),
    sourceIp: t.exposeString('sourceIp', { nullable: true, description: 'The IP address that the request came from.' }),
  }),
})

export const AccessKeyStatus = builder.enumType('AccessKeyStatus', {
  values: {
    ACTIVE: { description: 'Requests that are signed with the key are accepted.' },
    INACTIVE: {
      description: 'Requests that are signed with the key are refused. The key still counts towards the quota.',
    },
  } as const,
})

export const AccessKey = builder.prismaNode('AccessKey', {
  description: 'A long-term access key of an IAM user or of the root user, without its secret.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  // Explicit: the sealed secret is never read here.
  select: { accountId: true, id: true },
  fields: (t) => ({
    accessKeyId: t.exposeString('id', { description: 'The access key id, `AKIA…`.' }),
    userName: t.string({
      description: 'Name of the user who owns the key.',
      select: OWNER,
      resolve: ({ user }) => user.name,
    }),
    status: t.expose('status', { type: AccessKeyStatus }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    description: t.string({
      nullable: true,
      description:
        'A note about the key: the value of the tag of its user whose key is the access key id. Null when there is no such tag.',
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
      description: 'The last request that was signed with the key.',
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
    resolve: async (query, row, _args, context) => stillThere(await ENTITY_BY_ID.AccessKey(context, idOf(row), query)),
  })
}
