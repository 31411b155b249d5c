import { useState } from 'react'
import { type ApiError, asApiError, isAway, UNAVAILABLE, UNREACHABLE } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { useMessages } from '../../language/language.ts'
import { refreshIdentity } from '../../session/session-store.ts'
import { rememberUsedCode } from '../../session/used-recovery-code.ts'
import { SignInDocument, type SignInInput } from './documents.generated.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export type Credentials = Pick<SignInInput, 'account' | 'userName' | 'rootEmail' | 'password'>

type Outcome = 'signed-in' | 'refused' | 'unanswered'

export interface SignInAttempt {
  /** Signs in; resolves with what came of it: of a server that is away it can be asked for again as it is. */
  readonly submit: (credentials: Credentials) => Promise<Outcome>
  readonly submitCode: (mfaCode: string) => Promise<Outcome>
  /** The password was right, a code is missing. */
  readonly needsCode: boolean
  readonly running: boolean
  readonly error: string | null
  readonly startOver: () => void
}

/** The two steps of signing in. The password is remembered between them, and nowhere else. */
export function useSignIn(): SignInAttempt {
  const messages = useMessages({ en, ko })
  const [waiting, setWaiting] = useState<Credentials | null>(null)
  const [running, setRunning] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)

  async function attempt(credentials: Credentials, mfaCode?: string): Promise<Outcome> {
    setRunning(true)
    setError(null)
    try {
      const input = { ...credentials, ...(mfaCode !== undefined && { mfaCode }) }
      const { data } = await request(SignInDocument, { input })
      rememberUsedCode(data.signIn)
      await refreshIdentity()
      setWaiting(null)
      return 'signed-in'
    } catch (thrown) {
      const failure = asApiError(thrown)
      if (mfaCode === undefined && failure.details.mfaCodeRequired === true) setWaiting(credentials)
      else setError(failure)
      return isAway(failure) ? 'unanswered' : 'refused'
    } finally {
      setRunning(false)
    }
  }

  /** Wrong account, user, password and code are one text, as they are one answer of the API. */
  function explain({ code, details }: ApiError): string {
    if (details.passwordResetByAdministratorRequired === true) return messages.expiredForGood
    if (code === UNREACHABLE) return messages.unreachable
    if (code === UNAVAILABLE) return messages.unavailable
    return code === 'Throttling' ? messages.throttled : messages.incorrect
  }

  return {
    submit: (credentials) => attempt(credentials),
    submitCode: async (mfaCode) => (waiting === null ? 'refused' : await attempt(waiting, mfaCode)),
    needsCode: waiting !== null,
    running,
    error: error && explain(error),
    startOver: () => {
      setWaiting(null)
      setError(null)
    },
  }
}
