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
import { PolicyField } from '../../entities/policy-field.tsx'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { useMessages } from '../../language/language.ts'
import { roleHref } from '../../links/addresses.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { PolicyEditor } from '../../policy-document/policy-editor.tsx'
import { useIdentity } from '../../session/session-store.ts'
import { TagsField } from '../../tags/tags-field.tsx'
import type { Tag } from '../../tags/tag-holder.ts'
import { CreateRoleDocument } from './documents.generated.ts'
import { DurationField } from './duration-field.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Everybody of the account whom a policy allows it. */
function trustOf(accountId: string): string {
  const statement = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:AssumeRole' }
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2)
}

export function Component() {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const notify = useNotify()
  const { accountId } = useIdentity()
  const [roleName, setName] = useState('')
  const [path, setPath] = useState('/')
  const [description, setDescription] = useState('')
  const [duration, setDuration] = useState('3600')
  const [boundary, setBoundary] = useState('')
  const [trust, setTrust] = useState(() => trustOf(accountId))
  const [tags, setTags] = useState<readonly Tag[]>([])
  // Policies often allow roles only with a certain boundary or certain tags: whether these are right the API says.
  const judged = boundary === '' && tags.length === 0 && roleName !== ''
  const needs: readonly Check[] = judged
    ? [{ action: 'iam:CreateRole', resource: arnOf(accountId, 'role', path, roleName) }]
    : []
  const creation = useAction(async () => {
    await request(CreateRoleDocument, {
      input: {
        roleName,
        path,
        assumeRolePolicyDocument: trust,
        maxSessionDuration: Number(duration),
        ...(description !== '' && { description }),
        ...(boundary !== '' && { permissionsBoundary: boundary }),
        ...(tags.length > 0 && { tags: [...tags] }),
      },
    })
    notify({ type: 'success', content: messages.created(roleName) })
    void navigate(roleHref(roleName))
  })
  return (
    <PageFrame title={messages.create} breadcrumbs={[{ text: messages.title, href: '/roles' }]}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void creation.run()
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => void navigate('/roles')}>
                {messages.cancel}
              </Button>
              <GuardedButton needs={needs} variant="primary" loading={creation.running} disabled={roleName === ''}>
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
                    name="roleName"
                    autoComplete={false}
                    spellcheck={false}
                    value={roleName}
                    onChange={({ detail }) => setName(detail.value)}
                  />
                </FormField>
                <FormField label={messages.path} constraintText={messages.pathRule}>
                  <Input name="path" spellcheck={false} value={path} onChange={({ detail }) => setPath(detail.value)} />
                </FormField>
                <FormField label={messages.descriptionField}>
                  <Input
                    name="description"
                    value={description}
                    onChange={({ detail }) => setDescription(detail.value)}
                  />
                </FormField>
                <DurationField value={duration} onChange={setDuration} />
                <PolicyField
                  label={messages.boundaryOptional}
                  description={messages.boundaryText}
                  value={boundary}
                  onChange={setBoundary}
                />
              </SpaceBetween>
            </Container>
            <PolicyEditor
              label={messages.trust}
              description={messages.trustText}
              type="TRUST"
              value={trust}
              onChange={setTrust}
            />
            <TagsField tags={tags} onChange={setTags} />
          </SpaceBetween>
        </Form>
      </form>
    </PageFrame>
  )
}
