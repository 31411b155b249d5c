import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import Form from '@cloudscape-design/components/form'
import FormField from '@cloudscape-design/components/form-field'
import Header from '@cloudscape-design/components/header'
import Input from '@cloudscape-design/components/input'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useRef, useState } from 'react'
import { GuardedButton } from '../../../access/guarded-button.tsx'
import { arnOf } from '../../../entities/entity.ts'
import { type Chosen, GroupsField, PoliciesField } from '../../../entities/many-field.tsx'
import { useMessages } from '../../../language/language.ts'
import { useNotify } from '../../../page-frame/notifications.tsx'
import { PageFrame } from '../../../page-frame/page-frame.tsx'
import { useIdentity } from '../../../session/session-store.ts'
import { StepList } from '../../../steps/step-list.tsx'
import { useSteps } from '../../../steps/use-steps.ts'
import { TagsField } from '../../../tags/tags-field.tsx'
import type { Tag } from '../../../tags/tag-holder.ts'
import { USERS } from '../addresses.ts'
import { newPassword } from '../password/new-password.ts'
import { GENERATED, PasswordChoice } from '../password/password-choice.tsx'
import { PasswordReveal } from '../password/password-reveal.tsx'
import { useMinimumLength } from '../password/use-minimum-length.ts'
import { creationSteps, USER_STEP } from './creation-steps.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface CreateUserProps {
  readonly onCancel: () => void
  readonly onDone: (name: string) => void
}

/** What IAM takes as a name of a user. */
const NAME = /^[\w+=,.@-]{1,64}$/

/** A user, with what it is to have from the beginning: each by a mutation of its own, the user first. */
export function CreateUser({ onCancel, onDone }: CreateUserProps) {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const steps = useSteps()
  const minimum = useMinimumLength()
  const { accountId } = useIdentity()
  const [typedName, setName] = useState('')
  const [path, setPath] = useState('/')
  const [tags, setTags] = useState<readonly Tag[]>([])
  const [withPassword, setWithPassword] = useState(false)
  const [password, setPassword] = useState(GENERATED)
  const [policies, setPolicies] = useState<readonly Chosen[]>([])
  const [groups, setGroups] = useState<readonly Chosen[]>([])
  const [tried, setTried] = useState(false)
  const [finished, setFinished] = useState(false)
  /** The same in every try: the one that was set in an earlier try is the one that is shown. */
  const generated = useRef<string | null>(null)
  const name = typedName.trim()
  const nameFault = NAME.test(name) ? undefined : messages.badName
  const passwordFault = withPassword && password.kind === 'typed' && password.typed === ''
  // What exists cannot be renamed here any more.
  const made = steps.done.has(USER_STEP)
  const arn = arnOf(accountId, 'user', path.trim(), name)
  const needs = [
    // Whether tags are allowed the API says: it judges by the tags themselves.
    ...(nameFault === undefined && tags.length === 0 && !made
      ? [{ action: 'iam:CreateUser' as const, resource: arn }]
      : []),
    ...(nameFault === undefined && withPassword ? [{ action: 'iam:CreateLoginProfile' as const, resource: arn }] : []),
    ...groups.map((group) => ({ action: 'iam:AddUserToGroup' as const, resource: group.arn })),
  ]

  const create = async () => {
    setTried(true)
    if (nameFault !== undefined || passwordFault) return
    generated.current ??= newPassword(minimum)
    const succeeded = await steps.run(
      creationSteps(
        {
          name,
          path: path.trim(),
          tags,
          policies: policies.map(({ arn }) => arn),
          groups: groups.map((group) => group.name),
          password: withPassword
            ? {
                text: password.kind === 'typed' ? password.typed : generated.current,
                resetRequired: password.resetRequired,
              }
            : null,
        },
        messages,
      ),
    )
    if (!succeeded) return
    notify({ type: 'success', content: messages.created(name) })
    if (withPassword && password.kind === 'generated') setFinished(true)
    else onDone(name)
  }

  if (finished && generated.current !== null) {
    return (
      <PageFrame title={messages.retrieveTitle} breadcrumbs={[{ text: messages.users, href: USERS }]}>
        <SpaceBetween size="l">
          <Container header={<Header variant="h2">{messages.signInData}</Header>}>
            <PasswordReveal userName={name} password={generated.current} />
          </Container>
          <Box float="right">
            <Button variant="primary" onClick={() => onDone(name)}>
              {messages.done}
            </Button>
          </Box>
        </SpaceBetween>
      </PageFrame>
    )
  }
  return (
    <PageFrame
      title={messages.title}
      description={messages.description}
      breadcrumbs={[{ text: messages.users, href: USERS }]}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void create()
        }}
      >
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button formAction="none" variant="link" onClick={() => (made ? onDone(name) : onCancel())}>
                {made ? messages.toUser : messages.cancel}
              </Button>
              <GuardedButton needs={needs} formAction="submit" variant="primary" loading={steps.running}>
                {messages.create}
              </GuardedButton>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <Container header={<Header variant="h2">{messages.details}</Header>}>
              <SpaceBetween size="m">
                <FormField
                  label={messages.name}
                  constraintText={messages.nameHint}
                  errorText={tried ? nameFault : undefined}
                >
                  <Input
                    name="userName"
                    autoComplete="off"
                    autoFocus
                    disabled={made}
                    value={typedName}
                    onChange={({ detail }) => setName(detail.value)}
                  />
                </FormField>
                <FormField label={messages.path} constraintText={messages.pathHint}>
                  <Input
                    name="path"
                    autoComplete="off"
                    disabled={made}
                    value={path}
                    onChange={({ detail }) => setPath(detail.value)}
                  />
                </FormField>
              </SpaceBetween>
            </Container>
            <Container header={<Header variant="h2">{messages.consoleAccess}</Header>}>
              <SpaceBetween size="m">
                <Checkbox checked={withPassword} onChange={({ detail }) => setWithPassword(detail.checked)}>
                  {messages.withPassword}
                </Checkbox>
                {withPassword && <PasswordChoice chosen={password} onChange={setPassword} />}
                {tried && passwordFault && <Box color="text-status-error">{messages.noPassword}</Box>}
              </SpaceBetween>
            </Container>
            <Container
              header={
                <Header variant="h2" description={messages.permissionsDescription}>
                  {messages.permissions}
                </Header>
              }
            >
              <SpaceBetween size="m">
                <GroupsField chosen={groups} onChange={setGroups} />
                <PoliciesField chosen={policies} onChange={setPolicies} />
              </SpaceBetween>
            </Container>
            <TagsField tags={tags} onChange={setTags} />
            <StepList steps={steps} onRetry={() => void create()} />
          </SpaceBetween>
        </Form>
      </form>
    </PageFrame>
  )
}
