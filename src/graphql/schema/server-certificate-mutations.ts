import { tagKeys } from '../../access/context.ts'
import { tagServerCertificate, untagServerCertificate } from '../../iam/server-certificates/tag-server-certificate.ts'
import {
  deleteServerCertificate,
  updateServerCertificate,
} from '../../iam/server-certificates/update-server-certificate.ts'
import { uploadServerCertificate } from '../../iam/server-certificates/upload-server-certificate.ts'
import { type InputFields, mutation } from '../operation.ts'
import { changedServerCertificate, SERVER_CERTIFICATE } from './server-certificate.ts'
import { hasTags, tags, tagsAsked, tagsIfAny } from './tag.ts'

const certificateName = (t: InputFields) => t.string({ required: true })
const existing = (input: { readonly serverCertificateName: string }) =>
  SERVER_CERTIFICATE.named(input.serverCertificateName)
const toCome = (input: { readonly serverCertificateName: string; readonly path?: string | null }) =>
  SERVER_CERTIFICATE.toCome({ name: input.serverCertificateName, path: input.path })

mutation('uploadServerCertificate', {
  description:
    'Stores a server certificate with its private key and its chain. The key must belong to the certificate, and each certificate of the chain must have signed the one before it.',
  input: (t) => ({
    path: t.string(),
    serverCertificateName: t.string({
      required: true,
      description: 'The name of the new server certificate. Names that differ in case only are the same.',
    }),
    certificateBody: t.string({
      required: true,
      description: 'The certificate, PEM: X.509 with a key of RSA of at most 4096 bits, or of P-256, P-384 or P-521.',
    }),
    privateKey: t.string({
      required: true,
      description:
        'The private key of the certificate, PEM, not encrypted. It is stored encrypted, and never returned.',
    }),
    certificateChain: t.string({
      description:
        'The certificates between the certificate and a certificate authority, PEM, one after the other; the first one has signed the certificate. Left out or null: none.',
    }),
    tags: tagsIfAny(t),
  }),
  needs: [
    { action: 'iam:UploadServerCertificate', on: toCome, keys: tagsAsked },
    { action: 'iam:TagServerCertificate', on: toCome, when: hasTags, keys: tagsAsked },
  ],
  run(call, input, { budget }) {
    budget.draw('keyChanges', 1)
    return uploadServerCertificate(call, input)
  },
  answer: (t) => ({ serverCertificate: changedServerCertificate(t, ({ id }) => id) }),
})

mutation('updateServerCertificate', {
  description:
    'Renames a server certificate or changes its path. Policies that contain the old ARN are not rewritten. The permission is needed on the old ARN and on the new one.',
  input: (t) => ({
    serverCertificateName: certificateName(t),
    newPath: t.string(),
    newServerCertificateName: t.string({
      description: 'New name: 1 to 128 letters, digits and `+=,.@_-`. Left out or null: the name does not change.',
    }),
  }),
  needs: [
    { action: 'iam:UpdateServerCertificate', on: existing },
    {
      action: 'iam:UpdateServerCertificate',
      on: (input) =>
        SERVER_CERTIFICATE.renamed(input.serverCertificateName, input.newServerCertificateName, input.newPath),
    },
  ],
  run: updateServerCertificate,
  answer: (t) => ({ serverCertificate: changedServerCertificate(t, ({ id }) => id) }),
})

mutation('deleteServerCertificate', {
  description: 'Deletes a server certificate with its private key. It cannot be undone.',
  input: (t) => ({ serverCertificateName: certificateName(t) }),
  needs: { action: 'iam:DeleteServerCertificate', on: existing },
  run: deleteServerCertificate,
  answer: (t) => ({
    deletedServerCertificateId: t.exposeString('id', { description: 'The unique id, `ASCA…`.' }),
    serverCertificateName: t.exposeString('name'),
  }),
})

mutation('tagServerCertificate', {
  description: 'Adds tags to a server certificate, or replaces their values. Keys that differ in case are two.',
  input: (t) => ({ serverCertificateName: certificateName(t), tags: tags(t) }),
  needs: { action: 'iam:TagServerCertificate', on: existing, keys: tagsAsked },
  run: tagServerCertificate,
  answer: (t) => ({ serverCertificate: changedServerCertificate(t, ({ id }) => id) }),
})

mutation('untagServerCertificate', {
  description: 'Removes tags from a server certificate. Keys that it does not have are ignored.',
  input: (t) => ({ serverCertificateName: certificateName(t), tagKeys: t.stringList({ required: true }) }),
  needs: { action: 'iam:UntagServerCertificate', on: existing, keys: (input) => tagKeys(input.tagKeys) },
  run: untagServerCertificate,
  answer: (t) => ({ serverCertificate: changedServerCertificate(t, ({ id }) => id) }),
})
