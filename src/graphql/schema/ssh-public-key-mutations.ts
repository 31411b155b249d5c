import { user } from '../../access/declaration.ts'
import { deleteSshPublicKey } from '../../iam/ssh-public-keys/delete-ssh-public-key.ts'
import { updateSshPublicKey } from '../../iam/ssh-public-keys/update-ssh-public-key.ts'
import { uploadSshPublicKey } from '../../iam/ssh-public-keys/upload-ssh-public-key.ts'
import { type InputFields, mutation } from '../operation.ts'
import { CredentialStatus } from './credential-status.ts'
import { SshPublicKey, SshPublicKeyMetadata } from './ssh-public-key.ts'

const keyOfUser = (t: InputFields) => ({
  userName: t.string({ required: true }),
  sshPublicKeyId: t.id({ required: true }),
})
const owner = (input: { readonly userName: string }) => user(input.userName)

mutation('uploadSshPublicKey', {
  description:
    'Gives a user an SSH public key. A user has at most five, inactive ones included, and none of them twice. RSA keys of 2048 to 16384 bits are accepted, as by AWS, and Ed25519 and ECDSA keys (nistp256, nistp384, nistp521) as well.',
  input: (t) => ({
    userName: t.string({ required: true }),
    sshPublicKeyBody: t.string({
      required: true,
      description:
        'The public key: a line of OpenSSH (`ssh-rsa`, `ssh-ed25519`, `ecdsa-sha2-nistp256`, `-nistp384` or `-nistp521`, the key, and a comment if there is one), or a public key in PEM format. At most 16384 characters.',
    }),
  }),
  needs: { action: 'iam:UploadSSHPublicKey', on: owner },
  run: uploadSshPublicKey,
  answer: (t) => ({
    sshPublicKey: t.field({ type: SshPublicKey, access: 'parent', resolve: (key) => key }),
  }),
})

mutation('updateSshPublicKey', {
  description: 'Activates or deactivates an SSH public key.',
  input: (t) => ({
    ...keyOfUser(t),
    status: t.field({
      type: CredentialStatus,
      required: true,
      description: 'The new status; the status that the key already has is accepted.',
    }),
  }),
  needs: { action: 'iam:UpdateSSHPublicKey', on: owner },
  run: updateSshPublicKey,
  answer: (t) => ({
    sshPublicKey: t.field({ type: SshPublicKeyMetadata, access: 'parent', resolve: (key) => key }),
  }),
})

mutation('deleteSshPublicKey', {
  description: 'Deletes an SSH public key, whether it is active or not. It cannot be undone.',
  input: keyOfUser,
  needs: { action: 'iam:DeleteSSHPublicKey', on: owner },
  run: deleteSshPublicKey,
  answer: (t) => ({ deletedSshPublicKeyId: t.exposeID('id') }),
})
