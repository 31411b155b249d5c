import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import ButtonDropdown from '@cloudscape-design/components/button-dropdown'
import SpaceBetween from '@cloudscape-design/components/space-between'
import StatusIndicator from '@cloudscape-design/components/status-indicator'
import { useEffect, useRef, useState } from 'react'
import { useMessages } from '../../language/language.ts'
import { useSession } from '../../session/session-store.ts'
import './identities.css'
import { type DeviceIdentity, useIdentities } from './identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'
import { RemoveModal } from './remove-modal.tsx'

interface IdentityListProps {
  /** Whether another step was shown before, which took the focus with it. */
  readonly returning: boolean
  readonly onChoose: (identity: DeviceIdentity) => void
  readonly onAdd: () => void
  readonly onPassword: () => void
}

/** The identities of this device, and the ways to sign in as somebody who is not among them. */
export function IdentityList({ returning, onChoose, onAdd, onPassword }: IdentityListProps) {
  const messages = useMessages({ en, ko })
  const identities = useIdentities()
  const session = useSession()
  const current = session.state === 'signed-in' ? session.identity.accessKeyId : null
  const [removing, setRemoving] = useState<DeviceIdentity | null>(null)
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (returning) list.current?.focus()
  }, [returning])
  const close = () => {
    setRemoving(null)
    list.current?.focus()
  }
  return (
    <SpaceBetween size="l">
      <div ref={list} tabIndex={-1} className="identity-list">
        {identities.length === 0 && (
          <Box textAlign="center" padding="m">
            <Box fontWeight="bold">{messages.none}</Box>
            <Box color="text-body-secondary">{messages.noneDescription}</Box>
          </Box>
        )}
        {identities.length > 0 && (
          <ul aria-label={messages.identities} className="identities">
            {identities.map((identity) => (
              <li key={identity.accessKeyId}>
                <div className="breaking-text">
                  <Box fontWeight="bold">{identity.name}</Box>
                  <Box variant="code">{identity.accessKeyId}</Box>
                </div>
                <div className="identity-actions">
                  {identity.accessKeyId === current ? (
                    <StatusIndicator type="success">{messages.signedIn}</StatusIndicator>
                  ) : (
                    <Button ariaLabel={messages.signInWith(identity.name)} onClick={() => onChoose(identity)}>
                      {messages.signIn}
                    </Button>
                  )}
                  <Button
                    variant="icon"
                    iconName="remove"
                    ariaLabel={messages.removeNamed(identity.name)}
                    onClick={() => setRemoving(identity)}
                  />
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
      <ButtonDropdown
        variant={identities.length === 0 ? 'primary' : 'normal'}
        fullWidth
        expandToViewport
        items={[
          { id: 'access-keys', text: messages.accessKeys },
          { id: 'password', text: messages.password },
        ]}
        onItemClick={({ detail }) => (detail.id === 'access-keys' ? onAdd() : onPassword())}
      >
        {session.state === 'signed-in' ? messages.otherIdentity : messages.addIdentity}
      </ButtonDropdown>
      {removing && <RemoveModal identity={removing} onClose={close} />}
    </SpaceBetween>
  )
}
