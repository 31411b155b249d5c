import Box from '@cloudscape-design/components/box'
import SegmentedControl from '@cloudscape-design/components/segmented-control'
import { useState } from 'react'
import { useCan } from '../../access/use-can.ts'
import { GuardedButton } from '../../access/guarded-button.tsx'
import { useQuery } from '../../api/use-query.ts'
import type { ChosenEntity } from '../../entities/entity.ts'
import { useMessages } from '../../language/language.ts'
import { later } from '../../later/later.tsx'
import { groupHref, roleHref, userHref } from '../../links/addresses.ts'
import { AppLink } from '../../links/app-link.tsx'
import { KeysetTable } from '../../lists/keyset-table.tsx'
import { useKeyset } from '../../lists/use-keyset.ts'
import { ATTACH_CHECKS, detachCheck } from './attachment-checks.ts'
import { PolicyEntitiesDocument } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const AttachModal = later(async () => (await import('./attachment-modals.tsx')).AttachModal)
const DetachModal = later(async () => (await import('./attachment-modals.tsx')).DetachModal)

interface EntitiesSectionProps {
  readonly policyArn: string
  readonly onChanged: () => void
}

const USAGES = ['PERMISSIONS_POLICY', 'PERMISSIONS_BOUNDARY'] as const
const HREFS = { USER: userHref, GROUP: groupHref, ROLE: roleHref } as const
const PAGE_SIZE = 50

/** Who has the policy, and whose boundary it is. */
export function EntitiesSection({ policyArn, onChanged }: EntitiesSectionProps) {
  const messages = useMessages({ en, ko })
  const keyset = useKeyset()
  const [usage, setUsage] = useState<(typeof USAGES)[number]>('PERMISSIONS_POLICY')
  const [list] = useCan([{ action: 'iam:ListEntitiesForPolicy', resource: policyArn }])
  const query = useQuery(
    PolicyEntitiesDocument,
    list?.allowed ? { arn: policyArn, usage, first: PAGE_SIZE, after: keyset.after } : null,
  )
  const [attaching, setAttaching] = useState(false)
  const [detaching, setDetaching] = useState<ChosenEntity | null>(null)
  const changed = () => {
    query.reload()
    onChanged()
  }
  const attach = (
    <GuardedButton anyOf={ATTACH_CHECKS} onClick={() => setAttaching(true)}>
      {messages.attach}
    </GuardedButton>
  )
  return (
    <>
      {list?.known && !list.allowed ? (
        <Box color="text-body-secondary">{messages.refused('iam:ListEntitiesForPolicy')}</Box>
      ) : (
        <KeysetTable
          heading={messages.entities}
          ariaLabel={messages.entities}
          actions={attach}
          query={query}
          connection={query.data?.entitiesForPolicy}
          keyset={keyset}
          keyOf={({ id }) => id}
          searchable={({ name }) => name}
          empty={messages.noEntities}
          filters={
            <SegmentedControl
              label={messages.usage}
              selectedId={usage}
              options={USAGES.map((id) => ({ id, text: messages[id] }))}
              onChange={({ detail }) => {
                setUsage(USAGES.find((id) => id === detail.selectedId) ?? 'PERMISSIONS_POLICY')
                keyset.restart()
              }}
            />
          }
          columns={[
            {
              id: 'name',
              header: messages.entityName,
              minWidth: 180,
              cell: ({ name, type }) => (
                <span className="breaking-text">
                  <AppLink href={HREFS[type](name)}>{name}</AppLink>
                </span>
              ),
              isRowHeader: true,
            },
            { id: 'type', header: messages.type, cell: ({ type }) => messages[type] },
            {
              id: 'actions',
              header: messages.actions,
              minWidth: 120,
              cell: (entity) =>
                usage === 'PERMISSIONS_BOUNDARY' ? (
                  '-'
                ) : (
                  <GuardedButton
                    variant="inline-link"
                    ariaLabel={messages.detachFrom(entity.name)}
                    needs={[detachCheck(entity)]}
                    onClick={() => setDetaching(entity)}
                  >
                    {messages.detach}
                  </GuardedButton>
                ),
            },
          ]}
        />
      )}
      {attaching && <AttachModal policyArn={policyArn} onChanged={changed} onClose={() => setAttaching(false)} />}
      {detaching && (
        <DetachModal policyArn={policyArn} entity={detaching} onChanged={changed} onClose={() => setDetaching(null)} />
      )}
    </>
  )
}
