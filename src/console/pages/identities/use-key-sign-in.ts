import { createSigningFetch } from '../../../client/index.ts'
import { type ApiError, UNREACHABLE } from '../../api/api-error.ts'
import { request } from '../../api/request.ts'
import { type Action, useAction } from '../../api/use-action.ts'
import { useMessages } from '../../language/language.ts'
import { refreshIdentity } from '../../session/session-store.ts'
import { SignInWithAccessKeyDocument } from './documents.generated.ts'
import { type DeviceIdentity, keepIdentity } from './identity-store.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface KeyAtHand {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** What this browser keeps of it, once the key was found to be good. */
  readonly toKeep?: DeviceIdentity
}

interface KeySignIn<Given extends readonly unknown[]> extends Pick<Action<Given>, 'run' | 'running'> {
  /** Why it did not work, in words for the person. */
  readonly fault: string | null
}

/**
 * Signs in with the key that `find` comes up with. The secret is in memory until the request is signed, and nowhere else.
 *
 * @param mismatch what it means that the signature is wrong: the PIN or the secret
 */
export function useKeySignIn<Given extends readonly unknown[]>(
  find: (...given: Given) => Promise<KeyAtHand>,
  mismatch: 'wrongPin' | 'wrongSecret',
): KeySignIn<Given> {
  const messages = useMessages({ en, ko })
  const { run, running, error } = useAction(async (...given: Given) => {
    const { toKeep, ...key } = await find(...given)
    await request(SignInWithAccessKeyDocument, {}, undefined, { fetchWith: createSigningFetch(key) })
    if (toKeep !== undefined) keepIdentity(toKeep)
    await refreshIdentity()
  })

  function explain({ code, message, details }: ApiError): string {
    if (code === 'SignatureDoesNotMatch')
      // AWS has one code for both, and says which of them it is in the text.
      return /^Signature (?:expired|not yet current)/.test(message) ? messages.wrongClock : messages[mismatch]
    if (details.rootAccessKey === true) return messages.rootKey
    const texts: Readonly<Record<string, string>> = {
      InvalidClientTokenId: messages.noSuchKey,
      Throttling: messages.throttled,
      [UNREACHABLE]: messages.unreachable,
    }
    return texts[code] ?? message
  }

  return { run, running, fault: error && explain(error) }
}
