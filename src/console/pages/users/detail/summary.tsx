import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import { useCan } from '../../../access/use-can.ts'
import { useFreshQuery } from '../../../api/use-fresh-query.ts'
import { Copyable } from '../../../texts/copyable.tsx'
import { useMessages } from '../../../language/language.ts'
import { useFormat } from '../../../language/use-format.ts'
import { policyHref } from '../../../links/addresses.ts'
import { AppLink } from '../../../links/app-link.tsx'
import { UserMfaDocument, UserPasswordDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import type { UserProps } from './user.ts'

export function Summary({ user }: UserProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { arn, name, path, userId, createdAt, passwordLastUsedAt, permissionsBoundary, accessKeyQuota } = user
  const [mayPassword, mayMfa] = useCan(
    (['iam:GetLoginProfile', 'iam:ListMFADevices'] as const).map((action) => ({ action, resource: arn })),
  )
  const password = useFreshQuery(UserPasswordDocument, mayPassword?.allowed ? { name } : null).data?.user
  const devices = useFreshQuery(UserMfaDocument, mayMfa?.allowed ? { name } : null).data?.user?.mfaDevices
  const consoleAccess = () => {
    if (mayPassword?.known && !mayPassword.allowed) return messages.notAllowed
    if (!password) return '-'
    if (password.loginProfile === null) return messages.disabled
    return password.loginProfile.passwordResetRequired ? messages.enabledMustChange : messages.enabled
  }
  const mfa = () => {
    if (mayMfa?.known && !mayMfa.allowed) return messages.notAllowed
    if (!devices) return '-'
    return devices.length === 0 ? messages.none : messages.devices(String(devices.length))
  }
  const lastSignIn = () => {
    if (passwordLastUsedAt !== null) return format.dateTime(passwordLastUsedAt)
    return password?.loginProfile === null ? messages.none : messages.never
  }
  return (
    <Container header={<Header variant="h2">{messages.summary}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: messages.arn, value: <Copyable text={arn} /> },
          { label: messages.consoleAccess, value: consoleAccess() },
          { label: messages.lastSignIn, value: lastSignIn() },
          { label: messages.mfa, value: mfa() },
          { label: messages.created, value: format.dateTime(createdAt) },
          {
            label: messages.accessKeys,
            value: messages.ofLimit(String(accessKeyQuota.used), String(accessKeyQuota.limit)),
          },
          { label: messages.path, value: <span className="breaking-text">{path}</span> },
          { label: messages.userId, value: <Copyable text={userId} /> },
          ...(permissionsBoundary
            ? [
                {
                  label: messages.boundary,
                  value: <Boundary arn={permissionsBoundary.arn} name={permissionsBoundary.policyName} />,
                },
              ]
            : []),
        ]}
      />
    </Container>
  )
}

function Boundary({ arn, name }: { readonly arn: string; readonly name: string }) {
  return (
    <span className="breaking-text">
      <AppLink href={policyHref(arn)}>{name}</AppLink>
    </span>
  )
}
