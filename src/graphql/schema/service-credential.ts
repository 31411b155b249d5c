import type { ServiceSpecificCredential as Row } from '../../generated/prisma/client.ts'
import { stateOf } from '../../iam/service-credentials/find-service-credential.ts'
import { serviceCredentialById } from '../../iam/service-credentials/read-service-credentials.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'

export const ServiceCredentialStatus = builder.enumType('ServiceCredentialStatus', {
  values: {
    ACTIVE: { description: 'The credential is accepted by its service.' },
    INACTIVE: { description: 'The credential is refused. It still counts towards the quota.' },
    EXPIRED: { description: 'The credential is refused: its time is over. Nobody sets this status.' },
  } as const,
})

/** Explicit where secrets are near: the hash is never read here. */
const PUBLIC_NAME = { publicName: true, apiKey: true } as const

const publicName =
  (apiKey: boolean) =>
  (row: Pick<Row, 'publicName' | 'apiKey'>): string | null =>
    row.apiKey === apiKey ? row.publicName : null

export const ServiceSpecificCredential = builder.prismaObject('ServiceSpecificCredential', {
  description: 'What an IAM user proves at one service who they are with, without its secret.',
  select: { accountId: true, id: true },
  fields: (t) => ({
    serviceSpecificCredentialId: t.exposeString('id', { description: 'The unique id, `ACCA…`.' }),
    userName: t.string({
      description: 'Name of the user who owns the credential.',
      select: { user: { select: { name: true } } },
      resolve: ({ user }) => user.name,
    }),
    serviceName: t.exposeString('serviceName', {
      description: 'The service that the credential is for, for example `codecommit.amazonaws.com`.',
    }),
    serviceUserName: t.string({
      nullable: true,
      description:
        'The user name at the service, for example `jane-at-123456789012`; it stays when the user is renamed. Null for an API key.',
      select: PUBLIC_NAME,
      resolve: publicName(false),
    }),
    serviceCredentialAlias: t.string({
      nullable: true,
      description: 'The public part of an API key. Null for a credential that is a user name and a password.',
      select: PUBLIC_NAME,
      resolve: publicName(true),
    }),
    status: t.field({
      type: ServiceCredentialStatus,
      select: { status: true, expiresAt: true },
      resolve: (row, _args, { clock }) => stateOf(row, clock()),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      nullable: true,
      description: 'From when on the credential is refused; null when it does not expire.',
    }),
  }),
})

export const ServiceSpecificCredentialConnection = builder.connectionObject(
  { type: ServiceSpecificCredential, name: 'ServiceSpecificCredentialConnection' },
  { name: 'ServiceSpecificCredentialEdge' },
)

/** The credential that a mutation changed: read again, with just what the client asked for. */
export function changedServiceCredential<Changed extends object>(
  t: PayloadFields<Changed>,
  idOf: (row: Changed) => string,
) {
  return t.prismaField({
    type: ServiceSpecificCredential,
    access: 'parent',
    resolve: async (query, row, _args, context) => stillThere(await serviceCredentialById(context, idOf(row), query)),
  })
}
