import Alert from '@cloudscape-design/components/alert'
import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import Tabs from '@cloudscape-design/components/tabs'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { ActionName } from '../../access/action-name.generated.ts'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useOnReturn } from '../../api/use-on-return.ts'
import { ReadFailure } from '../../errors/read-failure.tsx'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { isBuiltIn, policyHref } from '../../links/addresses.ts'
import { SimulateButton } from '../../links/simulate-button.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { PolicyText } from '../../policy-document/policy-text.tsx'
import { TagsSection } from '../../tags/tags-section.tsx'
import { Copyable } from '../../texts/copyable.tsx'
import { TagPolicyDocument, UntagPolicyDocument } from './documents.generated.ts'
import { EntitiesSection } from './entities-section.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Policy, usePolicy } from './use-policy.ts'
import { VersionsSection } from './versions-section.tsx'

const DeletePolicyModal = later(async () => (await import('./delete-policy-modal.tsx')).DeletePolicyModal)

/** Everything about one managed policy. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { arn, policy, error, reload } = usePolicy()
  useOnReturn(reload)
  const [deleting, setDeleting] = useState(false)
  const navigate = useNavigate()
  const readOnly = isBuiltIn(arn) ? messages.builtIn : undefined
  const frozen = { disabled: policy === null || readOnly !== undefined, disabledReason: readOnly }
  return (
    <PageFrame
      title={policy?.policyName ?? messages.policy}
      breadcrumbs={[{ text: messages.title, href: '/policies' }]}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <SimulateButton policy={arn} />
          <GuardedButton
            {...frozen}
            needs={[{ action: 'iam:DeletePolicy', resource: arn }]}
            onClick={() => setDeleting(true)}
          >
            {messages.delete}
          </GuardedButton>
          <GuardedButton
            {...frozen}
            needs={[{ action: 'iam:CreatePolicyVersion', resource: arn }]}
            onClick={() => void navigate(`${policyHref(arn)}/edit`)}
          >
            {messages.edit}
          </GuardedButton>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        {error && <ReadFailure error={error} onRetry={reload} list={{ text: messages.title, href: '/policies' }} />}
        {readOnly !== undefined && <Alert type="info">{readOnly}</Alert>}
        {policy ? <Details policy={policy} readOnly={readOnly} onChanged={reload} /> : !error && <Spinner />}
      </SpaceBetween>
      {deleting && policy && <DeletePolicyModal policy={policy} onClose={() => setDeleting(false)} />}
    </PageFrame>
  )
}

interface DetailsProps {
  readonly policy: Policy
  readonly readOnly: string | undefined
  readonly onChanged: () => void
}

function Details({ policy, readOnly, onChanged }: DetailsProps) {
  const messages = useMessages({ en, ko })
  const { arn, tags, versions } = policy
  return (
    <>
      <Summary policy={policy} />
      <Tabs
        ariaLabel={messages.policy}
        tabs={[
          { id: 'document', label: messages.document, content: <DefaultDocument policy={policy} /> },
          {
            id: 'entities',
            label: messages.entities,
            content: <EntitiesSection policyArn={arn} onChanged={onChanged} />,
          },
          {
            id: 'versions',
            label: messages.versions,
            content: versions ? (
              <VersionsSection policyArn={arn} versions={versions} readOnly={readOnly} onChanged={onChanged} />
            ) : (
              <Refused action="iam:ListPolicyVersions" />
            ),
          },
          {
            id: 'tags',
            label: messages.tags,
            content: tags && (
              <TagsSection
                tags={tags}
                readOnlyReason={readOnly}
                canTag={{ action: 'iam:TagPolicy', resource: arn }}
                canUntag={{ action: 'iam:UntagPolicy', resource: arn }}
                tag={(given) => request(TagPolicyDocument, { input: { policyArn: arn, tags: [...given] } })}
                untag={(tagKeys) => request(UntagPolicyDocument, { input: { policyArn: arn, tagKeys: [...tagKeys] } })}
                onChanged={onChanged}
              />
            ),
          },
        ]}
      />
    </>
  )
}

function Summary({ policy }: { readonly policy: Policy }) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { arn, policyId, path, description, createdAt, updatedAt, attachmentCount, permissionsBoundaryUsageCount } =
    policy
  return (
    <Container header={<Header variant="h2">{messages.summary}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: messages.type, value: isBuiltIn(arn) ? messages.AWS : messages.LOCAL },
          { label: messages.arn, value: <Copyable text={arn} /> },
          { label: messages.id, value: <Copyable text={policyId} /> },
          { label: messages.path, value: <span className="breaking-text">{path}</span> },
          { label: messages.createdAt, value: format.dateTime(createdAt) },
          { label: messages.updated, value: format.dateTime(updatedAt) },
          {
            label: messages.used,
            value: messages.usedAlso(String(attachmentCount), String(permissionsBoundaryUsageCount)),
          },
          { label: messages.defaultVersion, value: policy.defaultVersionId },
          { label: messages.descriptionField, value: <span className="breaking-text">{description || '-'}</span> },
        ]}
      />
    </Container>
  )
}

function DefaultDocument({ policy }: { readonly policy: Policy }) {
  const messages = useMessages({ en, ko })
  const text = policy.defaultVersion?.policyText
  if (text === undefined || text === null) return <Refused action="iam:GetPolicyVersion" />
  return <PolicyText label={messages.inForce(policy.defaultVersionId)} text={text} />
}

function Refused({ action }: { readonly action: ActionName }) {
  const messages = useMessages({ en, ko })
  return <Box color="text-body-secondary">{messages.refused(action)}</Box>
}
