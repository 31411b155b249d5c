import Box from '@cloudscape-design/components/box'
import Container from '@cloudscape-design/components/container'
import Header from '@cloudscape-design/components/header'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import Tabs from '@cloudscape-design/components/tabs'
import { useState } from 'react'
import { useParams } from 'react-router'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { request } from '../../api/request.ts'
import { useOnReturn } from '../../api/use-on-return.ts'
import { useQuery } from '../../api/use-query.ts'
import { ReadFailure } from '../../errors/read-failure.tsx'
import { HeldPoliciesSection } from '../../held-policies/held-policies-section.tsx'
import { useHeldPolicies } from '../../held-policies/use-held-policies.ts'
import { useMessages } from '../../language/language.ts'
import { useFormat } from '../../language/use-format.ts'
import { later } from '../../later/later.tsx'
import { policyHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { SimulateButton } from '../../links/simulate-button.tsx'
import { PageFrame } from '../../page-frame/page-frame.tsx'
import { PolicyText } from '../../policy-document/policy-text.tsx'
import { TagsSection } from '../../tags/tags-section.tsx'
import { Copyable } from '../../texts/copyable.tsx'
import { RoleDocument, type RoleQuery, TagRoleDocument, UntagRoleDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const BoundaryModal = later(async () => (await import('./role-modals.tsx')).BoundaryModal)
const DeleteRoleModal = later(async () => (await import('./role-modals.tsx')).DeleteRoleModal)
const EditRoleModal = later(async () => (await import('./role-modals.tsx')).EditRoleModal)
const RevokeSessionsModal = later(async () => (await import('./role-modals.tsx')).RevokeSessionsModal)
const TrustModal = later(async () => (await import('./role-modals.tsx')).TrustModal)

type Role = NonNullable<RoleQuery['role']>
/** Null when they may not be listed. */
type Profiles = RoleQuery['instanceProfilesForRole']
type Dialog = 'edit' | 'delete' | 'boundary' | 'trust' | 'revoke'

export function Component() {
  const messages = useMessages({ en, ko })
  const { name = '' } = useParams()
  const query = useQuery(RoleDocument, { name })
  useOnReturn(query.reload)
  const role = query.data?.role ?? null
  const error = query.error ?? query.errors[0]
  const profiles = query.data?.instanceProfilesForRole ?? null
  if (role) return <Details role={role} profiles={profiles} onChanged={query.reload} />
  return (
    <PageFrame title={name} breadcrumbs={[{ text: messages.title, href: '/roles' }]}>
      {error ? (
        <ReadFailure error={error} onRetry={query.reload} list={{ text: messages.title, href: '/roles' }} />
      ) : (
        <Spinner />
      )}
    </PageFrame>
  )
}

interface DetailsProps {
  readonly role: Role
  readonly profiles: Profiles
  readonly onChanged: () => void
}

function Details({ role, profiles, onChanged }: DetailsProps) {
  const messages = useMessages({ en, ko })
  const { name, arn, tags } = role
  const [open, setOpen] = useState<Dialog | null>(null)
  const holder = { type: 'Role' as const, name, arn }
  const held = useHeldPolicies(holder)
  const modal = { role, onChanged, onClose: () => setOpen(null) }
  return (
    <PageFrame
      title={name}
      breadcrumbs={[{ text: messages.title, href: '/roles' }]}
      actions={
        <SpaceBetween direction="horizontal" size="xs">
          <SimulateButton principal={arn} />
          <GuardedButton needs={[{ action: 'iam:DeleteRole', resource: arn }]} onClick={() => setOpen('delete')}>
            {messages.delete}
          </GuardedButton>
          <GuardedButton needs={[{ action: 'iam:PutRolePolicy', resource: arn }]} onClick={() => setOpen('revoke')}>
            {messages.revoke}
          </GuardedButton>
          <GuardedButton needs={[{ action: 'iam:UpdateRole', resource: arn }]} onClick={() => setOpen('edit')}>
            {messages.edit}
          </GuardedButton>
        </SpaceBetween>
      }
    >
      <SpaceBetween size="l">
        <Summary role={role} profiles={profiles} />
        <Tabs
          ariaLabel={name}
          tabs={[
            {
              id: 'policies',
              label: messages.permissions,
              content: (
                <SpaceBetween size="l">
                  <HeldPoliciesSection holder={holder} held={held} />
                  <Boundary role={role} onEdit={() => setOpen('boundary')} />
                </SpaceBetween>
              ),
            },
            { id: 'trust', label: messages.trust, content: <Trust role={role} onEdit={() => setOpen('trust')} /> },
            {
              id: 'tags',
              label: messages.tags,
              content: tags && (
                <TagsSection
                  tags={tags}
                  canTag={{ action: 'iam:TagRole', resource: arn }}
                  canUntag={{ action: 'iam:UntagRole', resource: arn }}
                  tag={(given) => request(TagRoleDocument, { input: { roleName: name, tags: [...given] } })}
                  untag={(tagKeys) => request(UntagRoleDocument, { input: { roleName: name, tagKeys: [...tagKeys] } })}
                  onChanged={onChanged}
                />
              ),
            },
          ]}
        />
      </SpaceBetween>
      {open === 'edit' && <EditRoleModal {...modal} />}
      {open === 'boundary' && <BoundaryModal {...modal} />}
      {open === 'trust' && <TrustModal {...modal} />}
      {open === 'revoke' && <RevokeSessionsModal {...modal} />}
      {open === 'delete' && (
        <DeleteRoleModal
          {...modal}
          policies={(held.attached?.length ?? 0) + (held.inline?.length ?? 0)}
          profiles={profiles?.map((profile) => profile.name) ?? []}
        />
      )}
    </PageFrame>
  )
}

function Summary({ role, profiles }: Omit<DetailsProps, 'onChanged'>) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const { arn, roleId, path, createdAt, maxSessionDuration, lastUsed, description } = role
  const used = lastUsed?.at ? format.dateTime(lastUsed.at) : messages.never
  return (
    <Container header={<Header variant="h2">{messages.summary}</Header>}>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'ARN', value: <Copyable text={arn} /> },
          { label: messages.id, value: <Copyable text={roleId} /> },
          { label: messages.path, value: <span className="breaking-text">{path}</span> },
          { label: messages.createdAt, value: format.dateTime(createdAt) },
          { label: messages.lastUsed, value: used },
          { label: messages.duration, value: messages.seconds(String(maxSessionDuration)) },
          ...(profiles && profiles.length > 0 ? [{ label: messages.profiles, value: <Profiles of={profiles} /> }] : []),
          { label: messages.descriptionField, value: <span className="breaking-text">{description || '-'}</span> },
        ]}
      />
    </Container>
  )
}

interface SectionProps {
  readonly role: Role
  readonly onEdit: () => void
}

function Boundary({ role, onEdit }: SectionProps) {
  const messages = useMessages({ en, ko })
  const { arn, permissionsBoundary } = role
  const edit = (
    <GuardedButton needs={[{ action: 'iam:PutRolePermissionsBoundary', resource: arn }]} onClick={onEdit}>
      {messages.changeBoundary}
    </GuardedButton>
  )
  return (
    <Container
      header={
        <Header variant="h2" description={messages.boundaryText} actions={edit}>
          {messages.boundary}
        </Header>
      }
    >
      {permissionsBoundary ? (
        <span className="breaking-text">
          <AppLink href={policyHref(permissionsBoundary.arn)}>{permissionsBoundary.policyName}</AppLink>
        </span>
      ) : (
        <Box color="text-body-secondary">{messages.noBoundary}</Box>
      )}
    </Container>
  )
}

function Trust({ role, onEdit }: SectionProps) {
  const messages = useMessages({ en, ko })
  const edit = (
    <GuardedButton needs={[{ action: 'iam:UpdateAssumeRolePolicy', resource: role.arn }]} onClick={onEdit}>
      {messages.editTrust}
    </GuardedButton>
  )
  return (
    <SpaceBetween size="m">
      <Header variant="h2" description={messages.trustText} actions={edit}>
        {messages.trust}
      </Header>
      <PolicyText label={messages.trust} text={role.assumeRolePolicyText ?? ''} />
    </SpaceBetween>
  )
}

function Profiles({ of }: { readonly of: NonNullable<Profiles> }) {
  return (
    <>
      {of.map(({ arn }) => (
        <div key={arn}>
          <Copyable text={arn} />
        </div>
      ))}
    </>
  )
}
