import { user } from '../../access/declaration.ts'
import { deleteSigningCertificate } from '../../iam/signing-certificates/delete-signing-certificate.ts'
import { updateSigningCertificate } from '../../iam/signing-certificates/update-signing-certificate.ts'
import { uploadSigningCertificate } from '../../iam/signing-certificates/upload-signing-certificate.ts'
import { type InputFields, mutation } from '../operation.ts'
import { CredentialStatus } from './credential-status.ts'
import { SigningCertificate } from './signing-certificate.ts'

const userName = (t: InputFields) =>
  t.string({ description: 'Name of the IAM user whose certificate it is. Left out or null: the caller.' })
const certificateId = (t: InputFields) => t.id({ required: true })
const owner = (input: { readonly userName?: string | null }) => user(input.userName)

mutation('uploadSigningCertificate', {
  description:
    'Gives a user an X.509 certificate. A user has at most two, inactive ones included; no two users of the account have the same.',
  input: (t) => ({
    userName: userName(t),
    certificateBody: t.string({
      required: true,
      description:
        'One certificate in PEM format that is valid now, at most 16384 characters. Its key is RSA of at least 2048 bits, ECDSA (P-256, P-384, P-521) or Ed25519.',
    }),
  }),
  needs: { action: 'iam:UploadSigningCertificate', on: owner },
  run: uploadSigningCertificate,
  answer: (t) => ({
    certificate: t.field({ type: SigningCertificate, access: 'parent', resolve: (certificate) => certificate }),
  }),
})

mutation('updateSigningCertificate', {
  description: 'Activates or deactivates a signing certificate.',
  input: (t) => ({
    userName: userName(t),
    certificateId: certificateId(t),
    status: t.field({
      type: CredentialStatus,
      required: true,
      description: 'The new status; the status that the certificate already has is accepted.',
    }),
  }),
  needs: { action: 'iam:UpdateSigningCertificate', on: owner },
  run: updateSigningCertificate,
  answer: (t) => ({
    certificateId: t.exposeID('id'),
    status: t.expose('status', { type: CredentialStatus, description: 'The status that the certificate has now.' }),
  }),
})

mutation('deleteSigningCertificate', {
  description: 'Deletes a signing certificate, whether it is active or not. It cannot be undone.',
  input: (t) => ({ userName: userName(t), certificateId: certificateId(t) }),
  needs: { action: 'iam:DeleteSigningCertificate', on: owner },
  run: deleteSigningCertificate,
  answer: (t) => ({ deletedCertificateId: t.exposeID('id') }),
})
