import { user } from '../../access/declaration.ts'
import type { SigningCertificateRecord } from '../../iam/signing-certificates/find-signing-certificate.ts'
import { listSigningCertificates } from '../../iam/signing-certificates/read-signing-certificates.ts'
import { builder } from '../builder.ts'
import { CredentialStatus } from './credential-status.ts'

export const SigningCertificate = builder.objectRef<SigningCertificateRecord>('SigningCertificate').implement({
  description:
    'An X.509 certificate of a user or of the root user, for systems that ask here whose it is. No request to this server can be signed with it.',
  fields: (t) => ({
    userName: t.exposeString('userName', { description: 'Name of the user whose certificate it is.' }),
    certificateId: t.exposeID('id', { description: 'The id of the certificate: 32 letters and digits.' }),
    certificateBody: t.exposeString('body', { description: 'The certificate in PEM format, as it was uploaded.' }),
    status: t.expose('status', { type: CredentialStatus }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime' }),
    subject: t.exposeString('subject', { description: 'Whom the certificate is about, e.g. `O=Example, CN=alice`.' }),
    expiresAt: t.expose('expiresAt', {
      type: 'DateTime',
      description: 'When the certificate expires. That does not change its status.',
    }),
  }),
})

builder.queryField('signingCertificates', (t) =>
  t.field({
    type: [SigningCertificate],
    nullable: true,
    description: 'The signing certificates of a user, active and inactive, oldest first.',
    args: {
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
    access: { action: 'iam:ListSigningCertificates', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => listSigningCertificates(context, args),
  }),
)
