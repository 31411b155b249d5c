import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Form from '@cloudscape-design/components/form'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorAlert } from '../../errors/error-alert.tsx'
import { ReadFailure } from '../../errors/read-failure.tsx'
import { useMessages } from '../../language/language.ts'
import { isBuiltIn, policyHref } from '../../links/addresses.ts'
import { useNotify } from '../../page-frame/notifications.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { PolicyEditor } from '../../policy-document/policy-editor.tsx'
import { readable } from '../../policy-document/readable.ts'
import { CreatePolicyVersionDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { type Policy, usePolicy } from './use-policy.ts'

/** As many versions as a policy keeps. */
const MOST_VERSIONS = 5

/** A policy's text is never changed: what is saved here is a new version. */
export function Component() {
  const messages = useMessages({ en, ko })
  const { arn, policy, error, reload } = usePolicy()
  const name = policy?.policyName ?? arn
  return (
    <PageFrame
      title={messages.editTitle}
      breadcrumbs={[
        { text: messages.title, href: '/policies' },
        { text: name, href: policyHref(arn) },
      ]}
    >
      <SpaceBetween size="l">
        {error && <ReadFailure error={error} onRetry={reload} list={{ text: messages.title, href: '/policies' }} />}
        {policy ? <VersionForm key={policy.arn} policy={policy} /> : !error && <Spinner />}
      </SpaceBetween>
    </PageFrame>
  )
}

function VersionForm({ policy }: { readonly policy: Policy }) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const notify = useNotify()
  const { arn, policyName, versions } = policy
  const [policyDocument, setDocument] = useState(() => readable(policy.defaultVersion?.policyText ?? ''))
  const [setAsDefault, setSetAsDefault] = useState(true)
  const builtIn = isBuiltIn(arn)
  const full = (versions?.length ?? 0) >= MOST_VERSIONS
  const blocked = builtIn ? messages.builtIn : full ? messages.versionsFull : undefined
  const saving = useAction(async () => {
    const { data } = await request(CreatePolicyVersionDocument, {
      input: { policyArn: arn, policyDocument, setAsDefault },
    })
    notify({ type: 'success', content: messages.versionCreated(data.createPolicyVersion?.versionId ?? '') })
    void navigate(policyHref(arn))
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void saving.run()
      }}
    >
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={() => void navigate(policyHref(arn))}>
              {messages.cancel}
            </Button>
            <GuardedButton
              needs={[{ action: 'iam:CreatePolicyVersion', resource: arn }]}
              variant="primary"
              loading={saving.running}
              disabled={blocked !== undefined}
              disabledReason={blocked}
            >
              {messages.saveVersion}
            </GuardedButton>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {saving.error && <ErrorAlert error={saving.error} onRetry={() => void saving.run()} />}
          {blocked !== undefined && <Alert type="warning">{blocked}</Alert>}
          <PolicyEditor label={policyName} value={policyDocument} onChange={setDocument} />
          <Checkbox checked={setAsDefault} onChange={({ detail }) => setSetAsDefault(detail.checked)}>
            {messages.setAsDefault}
          </Checkbox>
        </SpaceBetween>
      </Form>
    </form>
  )
}
