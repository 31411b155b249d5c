import { useMessages } from '../language/language.ts'
import { useFormat } from '../language/use-format.ts'
import type { AccessKey } from './access-key.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

interface Fact {
  readonly label: string
  readonly value: string
}

/** When, for what and from where a key was last used, as labelled texts. */
export function useLastUsed({ lastUsed }: AccessKey): readonly Fact[] {
  const messages = useMessages({ en, ko })
  const format = useFormat()
  if (!lastUsed) return [{ label: messages.lastUsed, value: messages.notAllowed }]
  const { at, service, region, operation, sourceIp } = lastUsed
  if (at === null) return [{ label: messages.lastUsed, value: messages.never }]
  const facts = [
    { label: messages.lastUsed, value: format.dateTime(at) },
    { label: messages.lastUsedService, value: service },
    { label: messages.lastUsedRegion, value: region },
    { label: messages.lastUsedOperation, value: operation },
    { label: messages.lastUsedAddress, value: sourceIp },
  ]
  return facts.map(({ label, value }) => ({ label, value: value ?? 'N/A' }))
}
