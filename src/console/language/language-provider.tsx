import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n'
import { type ReactNode, useEffect, useState } from 'react'
import { type Language, useLanguage } from './language.ts'

type ComponentTexts = I18nProviderProps.Messages

/** The components' own texts; only those of the chosen language are loaded. */
const COMPONENT_TEXTS: Readonly<Record<Language, () => Promise<{ readonly default: ComponentTexts }>>> = {
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
  ko: () => import('@cloudscape-design/components/i18n/messages/all.ko'),
}

/** What shows only a number has a name that begins with a word and contains that number as a word (WCAG 2.5.3). */
const BETTER_TEXTS: ComponentTexts = {
  'cloudscape-design-components': { ko: { pagination: { 'ariaLabels.pageLabel': '페이지 {pageNumber}' } } },
}

export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const language = useLanguage()
  const [texts, setTexts] = useState<ComponentTexts | null>(null)
  useEffect(() => {
    document.documentElement.lang = language
    let wanted = true
    void COMPONENT_TEXTS[language]().then((loaded) => wanted && setTexts(loaded.default))
    return () => void (wanted = false)
  }, [language])
  if (texts === null) return null
  return (
    <I18nProvider locale={language} messages={[texts, BETTER_TEXTS]}>
      {children}
    </I18nProvider>
  )
}
