import { user } from '../../access/declaration.ts'
import { getSshPublicKey, listSshPublicKeys } from '../../iam/ssh-public-keys/read-ssh-public-keys.ts'
import { builder } from '../builder.ts'
import { SshKeyEncoding, SshPublicKey, SshPublicKeyMetadata } from './ssh-public-key.ts'

builder.queryField('sshPublicKey', (t) =>
  t.field({
    type: SshPublicKey,
    nullable: true,
    description: 'An SSH public key of a user. NoSuchEntity when the user has no such key.',
    args: {
      userName: t.arg.string({ required: true }),
      sshPublicKeyId: t.arg.id({ required: true }),
      encoding: t.arg({ type: SshKeyEncoding, required: true, description: 'How the key is to be written.' }),
    },
    access: { action: 'iam:GetSSHPublicKey', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => getSshPublicKey(context, args),
  }),
)

builder.queryField('sshPublicKeys', (t) =>
  t.field({
    type: [SshPublicKeyMetadata],
    nullable: true,
    description: 'The SSH public keys of a user, active and inactive, oldest first.',
    args: {
      userName: t.arg.string({
        description: 'Name of an IAM user, without regard to case. Left out or null: the caller.',
      }),
    },
    access: { action: 'iam:ListSSHPublicKeys', resource: (_parent, { userName }) => user(userName) },
    resolve: (_parent, args, context) => listSshPublicKeys(context, args),
  }),
)
