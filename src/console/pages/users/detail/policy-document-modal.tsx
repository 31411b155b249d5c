import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Modal from '@cloudscape-design/components/modal'
import Spinner from '@cloudscape-design/components/spinner'
import { useQuery } from '../../../api/use-query.ts'
import { ErrorAlert } from '../../../errors/error-alert.tsx'
import { useMessages } from '../../../language/language.ts'
import { InlineDocumentDocument, ManagedDocumentDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Where a document is kept. */
export type DocumentPlace =
  | { readonly kind: 'managed'; readonly name: string; readonly policyArn: string; readonly versionId: string }
  | { readonly kind: 'inline'; readonly name: string; readonly userName: string }

interface PolicyDocumentModalProps {
  readonly place: DocumentPlace
  readonly onClose: () => void
}

/** A policy as it was written. */
export function PolicyDocumentModal({ place, onClose }: PolicyDocumentModalProps) {
  const messages = useMessages({ en, ko })
  const managed = useQuery(
    ManagedDocumentDocument,
    place.kind === 'managed' ? { policyArn: place.policyArn, versionId: place.versionId } : null,
  )
  const inline = useQuery(
    InlineDocumentDocument,
    place.kind === 'inline' ? { userName: place.userName, policyName: place.name } : null,
  )
  const { error, reload } = place.kind === 'managed' ? managed : inline
  const text = managed.data?.policyVersion?.policyText ?? inline.data?.userPolicy?.policyText
  return (
    <Modal
      visible
      size="large"
      header={place.name}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button variant="primary" onClick={onClose}>
            {messages.close}
          </Button>
        </Box>
      }
    >
      {error && <ErrorAlert error={error} onRetry={reload} />}
      {text === undefined && !error && <Spinner />}
      {text && (
        <pre className="policy-text" role="region" aria-label={messages.documentOf(place.name)} tabIndex={0}>
          {indented(text)}
        </pre>
      )}
    </Modal>
  )
}

/** Documents are often kept on one line; one that has lines is shown as it is. */
function indented(text: string): string {
  return text.includes('\n') ? text : JSON.stringify(JSON.parse(text), null, 2)
}
