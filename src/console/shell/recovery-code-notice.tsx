import Button from '@cloudscape-design/components/button'
import { useEffect } from 'react'
import { useNavigate } from 'react-router'
import { useMessages } from '../language/language.ts'
import { useNotify } from '../page-frame/notifications.tsx'
import { useIdentity } from '../session/session-store.ts'
import { forgetUsedCode, useUsedRecoveryCode } from '../session/used-recovery-code.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

/** Tells a person that a recovery code was used to sign in or to step up, and how many are left. */
export function RecoveryCodeNotice() {
  const messages = useMessages({ en, ko })
  const notify = useNotify()
  const navigate = useNavigate()
  const { arn } = useIdentity()
  const used = useUsedRecoveryCode()
  useEffect(() => {
    if (used === null) return
    forgetUsedCode()
    if (used.arn !== arn) return
    notify({
      id: 'recovery-code',
      type: 'warning',
      content: messages.usedRecoveryCode(used.left),
      action: <Button onClick={() => void navigate('/security-credentials')}>{messages.toSecurityCredentials}</Button>,
    })
  }, [used, arn, messages, notify, navigate])
  return null
}
