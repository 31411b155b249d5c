import { resourcesOf } from '../../access/declaration.ts'
import { serverCertificateArn } from '../../authn/arn.ts'
import { ENTITY_BY_ID } from '../../iam/entities-by-id.ts'
import { builder } from '../builder.ts'
import { type PayloadFields, stillThere } from '../operation.ts'
import { Tag } from './tag.ts'

export const SERVER_CERTIFICATE = resourcesOf('server-certificate')

export const ServerCertificate = builder.prismaNode('ServerCertificate', {
  description: 'What a server proves with who it is: a certificate, without its private key, which is never returned.',
  id: { resolve: ({ id }) => id },
  findUnique: (id, { principal }) => ({ accountId_id: { accountId: principal.accountId, id } }),
  // Explicit: the sealed private key is never read here.
  select: { accountId: true, id: true, name: true, path: true },
  fields: (t) => ({
    serverCertificateId: t.exposeString('id', {
      description: 'The unique id, `ASCA…`. It is never given to another server certificate; a name can be.',
    }),
    arn: t.field({ type: 'ARN', resolve: (certificate) => serverCertificateArn(certificate) }),
    name: t.exposeString('name'),
    path: t.exposeString('path'),
    uploadedAt: t.expose('createdAt', { type: 'DateTime', description: 'When the certificate was uploaded.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when the certificate is valid.' }),
    certificateBody: t.field({
      type: 'String',
      nullable: true,
      description: 'The certificate, PEM.',
      access: { action: 'iam:GetServerCertificate', resource: SERVER_CERTIFICATE.row },
      select: { certificateBody: true },
      resolve: ({ certificateBody }) => certificateBody,
    }),
    certificateChain: t.field({
      type: 'String',
      nullable: true,
      description: 'The certificates that signed it, each after the one that it signed, PEM; null when there are none.',
      access: { action: 'iam:GetServerCertificate', resource: SERVER_CERTIFICATE.row },
      select: { certificateChain: true },
      resolve: ({ certificateChain }) => certificateChain,
    }),
    tags: t.field({
      type: [Tag],
      nullable: true,
      description: 'The tags of the server certificate, by key.',
      access: {
        anyOf: [
          { action: 'iam:ListServerCertificateTags', resource: SERVER_CERTIFICATE.row },
          { action: 'iam:GetServerCertificate', resource: SERVER_CERTIFICATE.row },
        ],
      },
      select: { tags: { select: { key: true, value: true }, orderBy: { key: 'asc' } } },
      resolve: ({ tags }) => tags,
    }),
  }),
})

export const ServerCertificateConnection = builder.connectionObject(
  { type: ServerCertificate, name: 'ServerCertificateConnection' },
  { name: 'ServerCertificateEdge' },
)

/** The server certificate that a mutation changed: read again, with just what the client asked for. */
export function changedServerCertificate<Row extends object>(t: PayloadFields<Row>, idOf: (row: Row) => string) {
  return t.prismaField({
    type: ServerCertificate,
    access: 'parent',
    resolve: async (query, row, _args, context) =>
      stillThere(await ENTITY_BY_ID.ServerCertificate(context, idOf(row), query)),
  })
}
