import type { AwsRow } from '../operation.ts'
import { at, type Members, placeBy, structure, timestamp, wholeList } from '../output.ts'
import { choice, required, text } from '../parameters.ts'
import { CREDENTIAL_STATUS, userName } from './common.ts'

const KEY: Members = {
  UserName: at('userName', userName),
  SSHPublicKeyId: at('sshPublicKeyId'),
  Fingerprint: at('fingerprint'),
  SSHPublicKeyBody: at('sshPublicKeyBody'),
  Status: at('status', CREDENTIAL_STATUS),
  UploadDate: at('uploadedAt', timestamp),
}
const METADATA_FIELDS = 'userName sshPublicKeyId status uploadedAt'
const KEY_FIELDS = `${METADATA_FIELDS} fingerprint sshPublicKeyBody`

export const SSH_PUBLIC_KEYS: readonly AwsRow[] = [
  {
    name: 'UploadSSHPublicKey',
    selects: `sshPublicKey { ${KEY_FIELDS} }`,
    result: { SSHPublicKey: at('sshPublicKey', structure(KEY)) },
  },
  {
    name: 'GetSSHPublicKey',
    document: `query ($userName: String!, $sshPublicKeyId: ID!, $encoding: SshKeyEncoding!) {
      sshPublicKey(userName: $userName, sshPublicKeyId: $sshPublicKeyId, encoding: $encoding) { ${KEY_FIELDS} }
    }`,
    parameters: {
      UserName: required(text('userName')),
      SSHPublicKeyId: required(text('sshPublicKeyId')),
      Encoding: required(choice({ SSH: 'SSH', PEM: 'PEM' })),
    },
    result: { SSHPublicKey: structure(KEY) },
  },
  {
    name: 'ListSSHPublicKeys',
    document: `query ($userName: String) { sshPublicKeys(userName: $userName) { ${METADATA_FIELDS} } }`,
    parameters: { UserName: text('userName') },
    paged: true,
    result: wholeList('SSHPublicKeys', '', placeBy('uploadedAt', 'sshPublicKeyId'), structure(KEY)),
  },
]
