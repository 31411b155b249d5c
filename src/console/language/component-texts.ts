import type { I18nProviderProps } from '@cloudscape-design/components/i18n'
import { currentLanguage, type Language } from './language.ts'

export type ComponentTexts = I18nProviderProps.Messages

/** The components' own texts; only those of the chosen language are loaded. */
const TEXTS: Readonly<Record<Language, () => Promise<{ readonly default: ComponentTexts }>>> = {
  en: () => import('@cloudscape-design/components/i18n/messages/all.en'),
  ko: () => import('@cloudscape-design/components/i18n/messages/all.ko'),
}

const loaded = new Map<Language, ComponentTexts>()

/** Those that were loaded before; null when they have to be waited for. */
export function loadedComponentTexts(language: Language): ComponentTexts | null {
  return loaded.get(language) ?? null
}

/** In the language of the person, unless another is given. */
export async function loadComponentTexts(language: Language = currentLanguage()): Promise<ComponentTexts> {
  const { default: texts } = await TEXTS[language]()
  loaded.set(language, texts)
  return texts
}
