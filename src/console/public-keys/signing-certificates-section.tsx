import { useCan } from '../access/use-can.ts'
import { request } from '../api/request.ts'
import { useQuery } from '../api/use-query.ts'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import {
  DeleteSigningCertificateDocument,
  SigningCertificatesDocument,
  UpdateSigningCertificateDocument,
  UploadSigningCertificateDocument,
} from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { KeyHolder, PublicKeyKind } from './public-key-kind.ts'
import { PublicKeysSection } from './public-keys-section.tsx'

/** The X.509 signing certificates of a user. */
export function SigningCertificatesSection({ owner }: { readonly owner: KeyHolder }) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  // A field that is refused would be in the audit trail each time that somebody looks at the page.
  const [list] = useCan([{ action: 'iam:ListSigningCertificates', resource: owner.arn }])
  const variables = list?.allowed ? { userName: owner.name } : null
  const { data, error, errors, loading, reload } = useQuery(SigningCertificatesDocument, variables)
  const certificates = (variables && data?.signingCertificates) ?? null
  const kind: PublicKeyKind = {
    needs: {
      upload: 'iam:UploadSigningCertificate',
      update: 'iam:UpdateSigningCertificate',
      remove: 'iam:DeleteSigningCertificate',
    },
    limit: 2,
    title: messages.certificatesTitle,
    description: messages.certificatesDescription,
    none: messages.certificatesNone,
    noneHint: messages.certificatesNoneHint,
    uploadLabel: messages.certificateLabel,
    uploadHint: messages.certificateHint,
    deactivateText: messages.certificateDeactivateText,
    deleteText: messages.certificateDeleteText,
    upload: async (userName, certificateBody) => {
      const answer = await request(UploadSigningCertificateDocument, { input: { userName, certificateBody } })
      return messages.certificateUploaded(answer.data.uploadSigningCertificate?.certificate.certificateId ?? '')
    },
    setStatus: (userName, certificateId, status) =>
      request(UpdateSigningCertificateDocument, { input: { userName, certificateId, status } }),
    remove: (userName, certificateId) =>
      request(DeleteSigningCertificateDocument, { input: { userName, certificateId } }),
  }
  const shown = certificates?.map(({ certificateId: id, status, uploadedAt, subject, expiresAt }) => ({
    id,
    status,
    uploadedAt,
    facts: [
      { label: messages.subject, value: subject },
      { label: messages.expires, value: format.dateTime(expiresAt) },
    ],
  }))
  return (
    <PublicKeysSection
      owner={owner}
      kind={kind}
      keys={shown ?? null}
      missing={list?.disabledReason}
      refused={error ?? (certificates === null ? errors[0] : undefined)}
      loading={loading}
      onChanged={reload}
    />
  )
}
