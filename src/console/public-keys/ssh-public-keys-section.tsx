import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useQuery } from '../api/use-query.ts'
import { useMessages } from '../language/language.ts'
import {
  DeleteSshPublicKeyDocument,
  SshPublicKeysDocument,
  UpdateSshPublicKeyDocument,
  UploadSshPublicKeyDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { KeyHolder, PublicKeyKind } from './public-key-kind.ts'
import { PublicKeysSection } from './public-keys-section.tsx'

/** The SSH public keys of a user. */
export function SshPublicKeysSection({ owner }: { readonly owner: KeyHolder }) {
  const messages = useMessages({ en, ko })
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [list] = useCan([{ action: 'iam:ListSSHPublicKeys', resource: owner.arn }])
  const variables = list?.allowed ? { userName: owner.name } : null
  const { data, error, errors, loading, reload } = useQuery(SshPublicKeysDocument, variables)
  const keys = (variables && data?.sshPublicKeys) ?? null
  const kind: PublicKeyKind = {
    needs: {
      upload: 'iam:UploadSSHPublicKey',
      update: 'iam:UpdateSSHPublicKey',
      remove: 'iam:DeleteSSHPublicKey',
    },
    limit: 5,
    title: messages.sshTitle,
    description: messages.sshDescription,
    none: messages.sshNone,
    noneHint: messages.sshNoneHint,
    uploadLabel: messages.sshLabel,
    uploadHint: messages.sshHint,
    deactivateText: messages.sshDeactivateText,
    deleteText: messages.sshDeleteText,
    upload: async (userName, sshPublicKeyBody) => {
      const input = { userName, sshPublicKeyBody }
      const answer = await request(UploadSshPublicKeyDocument, { input })
      const key = answer.data.uploadSshPublicKey?.sshPublicKey
      return messages.sshUploaded(key?.sshPublicKeyId ?? '', key?.fingerprint ?? '')
    },
    setStatus: (userName, sshPublicKeyId, status) =>
      request(UpdateSshPublicKeyDocument, { input: { userName, sshPublicKeyId, status } }),
    remove: (userName, sshPublicKeyId) => request(DeleteSshPublicKeyDocument, { input: { userName, sshPublicKeyId } }),
  }
  return (
    <PublicKeysSection
      owner={owner}
      kind={kind}
      keys={keys?.map(({ sshPublicKeyId: id, ...key }) => ({ id, ...key })) ?? null}
      missing={list?.disabledReason}
      refused={error ?? (keys === null ? errors[0] : undefined)}
      loading={loading}
      onChanged={reload}
    />
  )
}
