import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { useMessages } from '../language/language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

export interface Notice {
  /** A later notice of the same id takes the place of the earlier one. */
  readonly id?: string
  readonly type: FlashbarProps.Type
  readonly content: ReactNode
  /** A button that does something about it. */
  readonly action?: ReactNode
}

/** Says something; what it returns takes it back. */
type Notify = (notice: Notice) => () => void

const Notify = createContext<Notify>(() => () => {})
const Notices = createContext<readonly FlashbarProps.MessageDefinition[]>([])

let count = 0

/** Holds what the pages have to say above themselves, until the person closes it. */
export function NotificationsProvider({ children }: { readonly children: ReactNode }) {
  const [items, setItems] = useState<readonly FlashbarProps.MessageDefinition[]>([])
  const { dismiss: dismissLabel } = useMessages({ en, ko })
  const notify = useCallback(
    ({ id = `notice-${count++}`, type, content, action }: Notice) => {
      const close = () => setItems((before) => before.filter((item) => item.id !== id))
      const item = { id, type, content, action, dismissible: true, dismissLabel, onDismiss: close }
      setItems((before) => [item, ...before.filter((other) => other.id !== id)])
      return close
    },
    [dismissLabel],
  )
  return (
    <Notify value={notify}>
      <Notices value={items}>{children}</Notices>
    </Notify>
  )
}

/** For pages: `notify({ type: 'success', content: … })`. */
export function useNotify(): Notify {
  return useContext(Notify)
}

export function Notifications() {
  const messages = useMessages({ en, ko })
  const items = useContext(Notices)
  const i18nStrings = useMemo(() => ({ ariaLabel: messages.notifications }), [messages])
  return <Flashbar items={items} i18nStrings={i18nStrings} />
}
