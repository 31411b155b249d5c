import { I18nProvider } from '@cloudscape-design/components/i18n'
import { type ReactNode, useEffect, useState } from 'react'
import { type ComponentTexts, loadComponentTexts, loadedComponentTexts } from './component-texts.ts'
import { useLanguage } from './language.ts'

/**
 * What shows only a number has a name that begins with a word and contains that number as a word (WCAG 2.5.3). Parsed, as those of
 * Cloudscape are: 0 is a text, 1 an argument.
 */
const PAGE_LABEL = [
  { type: 0, value: '페이지 ' },
  { type: 1, value: 'pageNumber' },
]
const BETTER_TEXTS: ComponentTexts = {
  'cloudscape-design-components': { ko: { pagination: { 'ariaLabels.pageLabel': PAGE_LABEL } } },
}

/** Around all that is made of Cloudscape's components: their own texts in the language of the person. */
export function ComponentLanguage({ children }: { readonly children: ReactNode }) {
  const language = useLanguage()
  const [texts, setTexts] = useState(() => loadedComponentTexts(language))
  useEffect(() => {
    let wanted = true
    void loadComponentTexts(language).then((loaded) => wanted && setTexts(loaded))
    return () => void (wanted = false)
  }, [language])
  if (texts === null) return null
  return (
    <I18nProvider locale={language} messages={[texts, BETTER_TEXTS]}>
      {children}
    </I18nProvider>
  )
}
