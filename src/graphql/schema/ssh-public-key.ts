import type {
  SshPublicKeyMetadata as Metadata,
  SshPublicKeyRecord,
} from '../../iam/ssh-public-keys/find-ssh-public-key.ts'
import { builder } from '../builder.ts'
import { CredentialStatus } from './credential-status.ts'

export const SshKeyEncoding = builder.enumType('SshKeyEncoding', {
  description: 'How an SSH public key is written.',
  values: {
    SSH: {
      description: 'As a line of OpenSSH: the algorithm, the key in Base64, and a comment if it was uploaded so.',
    },
    PEM: { description: 'As a public key in PEM format.' },
  } as const,
})

export const SshPublicKeyMetadata = builder.objectRef<Metadata>('SshPublicKeyMetadata').implement({
  description: 'An SSH public key of a user without the key itself.',
  fields: (t) => ({
    userName: t.exposeString('userName', { description: 'Name of the user whose key it is.' }),
    sshPublicKeyId: t.exposeID('id', { description: 'The id of the key, `APKA…`.' }),
    status: t.expose('status', { type: CredentialStatus }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime' }),
  }),
})

export const SshPublicKey = builder.objectRef<SshPublicKeyRecord>('SshPublicKey').implement({
  description:
    'An SSH public key of a user, for systems that ask here whose key it is. No request to this server can be signed with it.',
  fields: (t) => ({
    userName: t.exposeString('userName', { description: 'Name of the user whose key it is.' }),
    sshPublicKeyId: t.exposeID('id', { description: 'The id of the key, `APKA…`.' }),
    fingerprint: t.exposeString('fingerprint', {
      description: 'The MD5 of the key, as `ssh-keygen -E md5 -l` prints it: 16 pairs of digits with colons between.',
    }),
    sshPublicKeyBody: t.exposeString('body', {
      description:
        'The key in the encoding that was asked for. In the encoding in which it was uploaded, it is the text that was uploaded.',
    }),
    status: t.expose('status', { type: CredentialStatus }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime' }),
  }),
})
