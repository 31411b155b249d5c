import Button from '@cloudscape-design/components/button'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import type { Check } from '../../access/decisions.ts'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { arnOf } from '../../entities/entity.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { policyHref } from '../../links/addresses.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { NEW_POLICY } from '../../policy-document/new-policy.ts'
import { PolicyEditor } from '../../policy-document/policy-editor.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { TagsField } from '../../tags/tags-field.tsx'
import type { Tag } from '../../tags/tag-holder.ts'
import { CreatePolicyDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export function Component() {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const notify = useNotify()
  const { accountId } = useIdentity()
  const [policyName, setName] = useState('')
  const [path, setPath] = useState('/')
  const [description, setDescription] = useState('')
  const [policyDocument, setDocument] = useState(NEW_POLICY)
  const [tags, setTags] = useState<readonly Tag[]>([])
  const arn = arnOf(accountId, 'policy', path, policyName)
  // Whether the tags are allowed the API says: it judges by the tags themselves.
  const needs: readonly Check[] =
    policyName !== '' && tags.length === 0 ? [{ action: 'iam:CreatePolicy', resource: arn }] : []
  const creation = useAction(async () => {
    const { data } = await request(CreatePolicyDocument, {
      input: {
        policyName,
        path,
        policyDocument,
        ...(description !== '' && { description }),
        ...(tags.length > 0 && { tags: [...tags] }),
      },
    })
    notify({ type: 'success', content: messages.created(policyName) })
    void navigate(policyHref(data.createPolicy?.policy.arn ?? arn))
  })
  return (
    <PageFrame title={messages.create} breadcrumbs={[{ text: messages.title, href: '/policies' }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void creation.run()
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => void navigate('/policies')}>
                {messages.cancel}
              </Button>
              <GuardedButton needs={needs} variant="primary" loading={creation.running} disabled={policyName === ''}>
                {messages.create}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            {creation.error && <ErrorAlert error={creation.error} onRetry={() => void creation.run()} />}
            <Container>
              <SpaceBetween size="m">
                <FormField label={messages.name} constraintText={messages.nameRule}>
                  <Input
                    name="policyName"
                    autoComplete={false}
                    spellcheck={false}
                    value={policyName}
                    onChange={({ detail }) => setName(detail.value)}
                  />
                </FormField>
                <FormField label={messages.path} constraintText={messages.pathRule}>
                  <Input name="path" spellcheck={false} value={path} onChange={({ detail }) => setPath(detail.value)} />
                </FormField>
                <FormField label={messages.descriptionField} constraintText={messages.descriptionRule}>
                  <Input
                    name="description"
                    value={description}
                    onChange={({ detail }) => setDescription(detail.value)}
                  />
                </FormField>
              </SpaceBetween>
            </Container>
            <PolicyEditor label={messages.document} value={policyDocument} onChange={setDocument} />
            <TagsField tags={tags} onChange={setTags} />
          </SpaceBetween>
        </Form>
      </form>
    </PageFrame>
  )
}
