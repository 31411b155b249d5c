import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import FormField from '@cloudscape-design/components/form-field'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useMessages } from '../../../language/language.ts'
import { AppLink } from '../../../links/app-link.tsx'
import { useIdentity } from '../../../session/session-store.ts'
import { userHref } from '../../../links/addresses.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface MayNotListProps {
  readonly mfaRequired: boolean
  readonly reason: string | undefined
}

export function MayNotList({ mfaRequired, reason }: MayNotListProps) {
  const messages = useMessages({ en, ko })
  const navigate = useNavigate()
  const { userName } = useIdentity()
  const [name, setName] = useState('')
  return (
    <SpaceBetween size="l">
      <Alert type="info" header={messages.mayNotListTitle}>
        <SpaceBetween size="s">
          <div>{messages.mayNotList('iam:ListUsers')}</div>
          {mfaRequired && <div>{reason}</div>}
          <SpaceBetween direction="horizontal" size="l">
            <AppLink href="/security-credentials">{messages.ownCredentials}</AppLink>
            {userName !== null && <AppLink href={userHref(userName, 'credentials')}>{messages.ownPage}</AppLink>}
          </SpaceBetween>
        </SpaceBetween>
      </Alert>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (name.trim() !== '') void navigate(userHref(name.trim()))
        }}
      >
        <FormField label={messages.openByName} secondaryControl={<Button formAction="submit">{messages.open}</Button>}>
          <Input value={name} autoComplete="off" onChange={({ detail }) => setName(detail.value)} />
        </FormField>
      </form>
    </SpaceBetween>
  )
}
