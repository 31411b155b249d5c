import { useMemo } from 'react'
import { useLanguage } from './language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const DAY = 24 * 60 * 60 * 1000

export interface Format {
  readonly dateTime: (time: string | Date) => string
  readonly time: (time: string | Date) => string
  /** Whole days from then to now, as a text. */
  readonly age: (time: string | Date) => string
}

/** Times in the person's own time zone and the chosen language. */
export function useFormat(): Format {
  const language = useLanguage()
  return useMemo(() => {
    const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
    const { days } = { en, ko }[language]
    return {
      dateTime: (given) => dateTime.format(new Date(given)),
      time: (given) => time.format(new Date(given)),
      age: (given) => days(Math.max(0, Math.floor((Date.now() - new Date(given).getTime()) / DAY))),
    }
  }, [language])
}
