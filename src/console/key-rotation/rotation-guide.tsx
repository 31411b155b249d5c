import Alert from '@cloudscape-design/components/alert'
import Button from '@cloudscape-design/components/button'
import Checkbox from '@cloudscape-design/components/checkbox'
import Container from '@cloudscape-design/components/container'
import FormField from '@cloudscape-design/components/form-field'
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs'
import RadioGroup from '@cloudscape-design/components/radio-group'
import SpaceBetween from '@cloudscape-design/components/space-between'
import { useState } from 'react'
import type { AccessKey } from '../access-keys/access-key.ts'
import { DeactivateModal } from '../access-keys/deactivate-modal.tsx'
import { DeleteModal } from '../access-keys/delete-modal.tsx'
import { UpdateAccessKeyDocument } from '../access-keys/documents.generated.ts'
import { type KeyOwner, ownerCheck, ownerInput } from '../access-keys/key-owner.ts'
import { useLastUsed } from '../access-keys/last-used.ts'
import type { ActionName } from '../access/action-name.generated.ts'
import { GuardedButton } from '../access/guarded-button.tsx'
import { request } from '../api/request.ts'
import { useAction } from '../api/use-action.ts'
import { ErrorAlert } from '../errors/error-alert.tsx'
import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import {
  forgetRotationProgress,
  type RotationProgress,
  saveRotationProgress,
  useRotationProgress,
} from './rotation-progress.ts'
import { RotationStep } from './rotation-step.tsx'

const NOTHING_YET = { moved: false, verified: false }

interface RotationGuideProps {
  readonly owner: KeyOwner
  /** Oldest first. */
  readonly keys: readonly AccessKey[]
  readonly loading: boolean
  readonly onCreate: () => void
  readonly onReload: () => void
  readonly onLeave: () => void
}

/**
 * The six steps. How far it is shows in the keys themselves, and in two things that nobody but the person knows: that the
 * applications were moved, and that nothing failed without the old key. Those stay in the browser.
 */
export function RotationGuide({ owner, keys, loading, onCreate, onReload, onLeave }: RotationGuideProps) {
  const messages = useMessages({ en, ko })
  const ids = keys.map(({ accessKeyId }) => accessKeyId)
  const progress = useRotationProgress(ids)
  const [deleted, setDeleted] = useState(false)
  const old = keys.find(({ accessKeyId }) => accessKeyId === progress?.old) ?? keys[0]
  if (deleted) {
    return (
      <Alert type="success" header={messages.finished} action={<Button onClick={onLeave}>{messages.leave}</Button>}>
        {messages.finishedText}
      </Alert>
    )
  }
  if (old === undefined) return <Alert type="info">{messages.noKeys}</Alert>
  const replacement = keys.find((key) => key !== old)
  const { moved, verified } = progress ?? NOTHING_YET
  const save = (change: Partial<RotationProgress>) =>
    saveRotationProgress(ids, { old: old.accessKeyId, moved, verified, ...change })
  const off = old.status === 'INACTIVE'
  const mayMove = replacement?.status === 'ACTIVE'
  // An old key that is off was moved away from before, perhaps in another visit.
  const isMoved = mayMove && (moved || off)
  return (
    <SpaceBetween size="l">
      {keys.length > 1 && (
        <Container>
          <FormField label={messages.whichIsOld} stretch>
            <RadioGroup
              value={old.accessKeyId}
              onChange={({ detail }) => save({ old: detail.value, ...NOTHING_YET })}
              items={keys.map((key) => ({
                value: key.accessKeyId,
                label: key.accessKeyId,
                description: describe(key),
              }))}
            />
          </FormField>
        </Container>
      )}
      <RotationStep {...step(1, replacement !== undefined, true)} title={messages.step1} text={messages.step1Text}>
        {replacement ? (
          <div>{messages.replacement(replacement.accessKeyId, stateOf(replacement))}</div>
        ) : (
          <GuardedButton variant="primary" needs={[ownerCheck(owner, 'iam:CreateAccessKey')]} onClick={onCreate}>
            {messages.create}
          </GuardedButton>
        )}
        {replacement?.status === 'INACTIVE' && <Alert type="warning">{messages.replacementInactive}</Alert>}
      </RotationStep>
      <RotationStep {...step(2, isMoved, mayMove)} title={messages.step2} text={messages.step2Text}>
        <Checkbox
          checked={isMoved}
          disabled={!mayMove || off}
          onChange={({ detail }) => save({ moved: detail.checked })}
        >
          {messages.allMoved}
        </Checkbox>
      </RotationStep>
      <RotationStep {...step(3, off, isMoved)} title={messages.step3} text={messages.step3Text}>
        <OldKeyUse accessKey={old} loading={loading} onReload={onReload} />
      </RotationStep>
      <OldKeySteps
        owner={owner}
        old={old}
        steps={[step(4, off, isMoved), step(5, off && verified, off), step(6, false, off && verified)]}
        verified={verified}
        onVerified={(checked) => save({ verified: checked })}
        onReactivated={() => save({ moved: true, verified: false })}
        onReload={onReload}
        onDeleted={() => {
          setDeleted(true)
          forgetRotationProgress(ids)
        }}
      />
    </SpaceBetween>
  )

  function stateOf({ status }: AccessKey): string {
    return status === 'ACTIVE' ? messages.active : messages.inactive
  }

  function describe(key: AccessKey): string {
    return [stateOf(key), key.description].filter(Boolean).join(' · ')
  }
}

/** A step is done, or its turn, or neither. */
function step(number: number, done: boolean, ready: boolean): StepPlace {
  if (done) return { number, state: 'done' }
  return { number, state: ready ? 'current' : 'later' }
}

interface OldKeyUseProps {
  readonly accessKey: AccessKey
  readonly loading: boolean
  readonly onReload: () => void
}

function OldKeyUse({ accessKey, loading, onReload }: OldKeyUseProps) {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  const lastUsed = useLastUsed(accessKey)
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={3}
        items={[
          { label: messages.oldKey, value: accessKey.accessKeyId },
          { label: messages.age, value: format.age(accessKey.createdAt) },
          ...lastUsed,
        ]}
      />
      <Button iconName="refresh" loading={loading} onClick={onReload}>
        {messages.lookAgain}
      </Button>
    </SpaceBetween>
  )
}

interface StepPlace {
  readonly number: number
  readonly state: 'done' | 'current' | 'later'
}

interface OldKeyStepsProps {
  readonly owner: KeyOwner
  readonly old: AccessKey
  /** The last three. */
  readonly steps: readonly [StepPlace, StepPlace, StepPlace]
  readonly verified: boolean
  readonly onVerified: (verified: boolean) => void
  readonly onReactivated: () => void
  readonly onReload: () => void
  readonly onDeleted: () => void
}

/** What is done to the old key: off, on again when something still needs it, and away. */
function OldKeySteps(props: OldKeyStepsProps) {
  const { owner, old, steps, verified, onVerified, onReactivated, onReload, onDeleted } = props
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const [open, setOpen] = useState<'deactivate' | 'delete' | null>(null)
  const { accessKeyId, status } = old
  const active = status === 'ACTIVE'
  const [deactivating, verifying, deleting] = steps
  const activation = useAction(async () => {
    await request(UpdateAccessKeyDocument, { input: { ...ownerInput(owner), accessKeyId, status: 'ACTIVE' } })
    notify({ type: 'warning', content: messages.reactivated(accessKeyId) })
    onReactivated()
  })
  const needs = (action: ActionName) => [ownerCheck(owner, action)]
  const modal = { owner, accessKey: old, onClose: () => setOpen(null) }
  return (
    <SpaceBetween size="l">
      <RotationStep {...deactivating} title={messages.step4} text={messages.step4Text}>
        {active ? (
          <GuardedButton
            needs={needs('iam:UpdateAccessKey')}
            disabled={deactivating.state !== 'current'}
            disabledReason={messages.notYet}
            onClick={() => setOpen('deactivate')}
          >
            {messages.deactivate}
          </GuardedButton>
        ) : (
          <div>{messages.isInactive(accessKeyId)}</div>
        )}
      </RotationStep>
      <RotationStep {...verifying} title={messages.step5} text={messages.step5Text}>
        {activation.error && <ErrorAlert error={activation.error} onRetry={() => void activation.run()} />}
        <Checkbox checked={!active && verified} disabled={active} onChange={({ detail }) => onVerified(detail.checked)}>
          {messages.nothingFailed}
        </Checkbox>
        <GuardedButton
          needs={needs('iam:UpdateAccessKey')}
          disabled={active}
          disabledReason={messages.notYet}
          loading={activation.running}
          onClick={() => void activation.run()}
        >
          {messages.reactivate}
        </GuardedButton>
      </RotationStep>
      <RotationStep {...deleting} title={messages.step6} text={messages.step6Text}>
        <GuardedButton
          needs={needs('iam:DeleteAccessKey')}
          disabled={deleting.state !== 'current'}
          disabledReason={messages.notYet}
          onClick={() => setOpen('delete')}
        >
          {messages.delete}
        </GuardedButton>
      </RotationStep>
      {open === 'deactivate' && <DeactivateModal {...modal} onChanged={onReload} />}
      {open === 'delete' && <DeleteModal {...modal} onChanged={onDeleted} />}
    </SpaceBetween>
  )
}
