import { listOf } from '../../access/declaration.ts'
import {
  getServerCertificate,
  listServerCertificates,
  listServerCertificateTags,
} from '../../iam/server-certificates/read-server-certificates.ts'
import { builder } from '../builder.ts'
import { nodesOf } from '../page.ts'
import { ServerCertificate, ServerCertificateConnection, SERVER_CERTIFICATE } from './server-certificate.ts'
import { Tag } from './tag.ts'

builder.queryField('serverCertificate', (t) =>
  t.prismaField({
    type: ServerCertificate,
    nullable: true,
    description: 'A server certificate by name.',
    args: { name: t.arg.string({ required: true, description: 'The name of the server certificate, in any case.' }) },
    access: { action: 'iam:GetServerCertificate', resource: (_parent, { name }) => SERVER_CERTIFICATE.named(name) },
    resolve: (query, _parent, { name }, context) =>
      getServerCertificate(context, { serverCertificateName: name }, query),
  }),
)

builder.queryField('serverCertificates', (t) =>
  t.connection(
    {
      type: ServerCertificate,
      nullable: true,
      description: 'The server certificates of the account by name, without regard to case.',
      args: { pathPrefix: t.arg.string() },
      access: {
        action: 'iam:ListServerCertificates',
        resource: (_parent, { pathPrefix }) => listOf('server-certificate', pathPrefix),
      },
      resolve: (_parent, args, context, info) => listServerCertificates(context, args, nodesOf(context, info)),
    },
    ServerCertificateConnection,
  ),
)

builder.queryField('serverCertificateTags', (t) =>
  t.field({
    type: [Tag],
    nullable: true,
    description: 'The tags of a server certificate by key.',
    args: { serverCertificateName: t.arg.string({ required: true }) },
    access: {
      action: 'iam:ListServerCertificateTags',
      resource: (_parent, { serverCertificateName }) => SERVER_CERTIFICATE.named(serverCertificateName),
    },
    resolve: (_parent, args, context) => listServerCertificateTags(context, args),
  }),
)
