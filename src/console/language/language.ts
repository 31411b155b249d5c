import { useEffect, useSyncExternalStore } from 'react'

export const LANGUAGES = ['en', 'ko'] as const
export type Language = (typeof LANGUAGES)[number]

/** The same keys, as texts in another language. A message with parts is a function of them. */
export type Translation<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends (...parts: infer Parts) => string
    ? (...parts: Parts) => string
    : string
}

const STORED = 'latchkey.language'
const listeners = new Set<() => void>()
let language: Language = chosen() ?? preferred()

function chosen(): Language | undefined {
  return LANGUAGES.find((known) => known === localStorage.getItem(STORED))
}

/** The first of the browser's languages that we have. */
function preferred(): Language {
  for (const tag of navigator.languages) {
    const known = LANGUAGES.find((one) => tag === one || tag.startsWith(`${one}-`))
    if (known) return known
  }
  return 'en'
}

export function setLanguage(next: Language): void {
  localStorage.setItem(STORED, next)
  language = next
  for (const listener of listeners) listener()
}

export function currentLanguage(): Language {
  return language
}

export function useLanguage(): Language {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => language,
  )
}

/** Says to the browser, and to who reads the page aloud, in which language it is. */
export function useDocumentLanguage(): void {
  const current = useLanguage()
  useEffect(() => {
    document.documentElement.lang = current
  }, [current])
}

/** The messages in the language of the person: `useMessages({ en, ko })`. */
export function useMessages<Source>(messages: Readonly<Record<Language, Translation<Source>>>): Translation<Source> {
  return messages[useLanguage()]
}
