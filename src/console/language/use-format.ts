import { useMemo } from 'react'
import { useLanguage } from './language.ts'
import { en } from './messages.en.ts'
import { ko } from './messages.ko.ts'

const MINUTE = 60 * 1000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Format {
  readonly dateTime: (time: string | Date) => string
  readonly time: (time: string | Date) => string
  /** Whole days from then to now, as a text. */
  readonly age: (time: string | Date) => string
  /** How long ago it was, in whole minutes, hours or days. */
  readonly ago: (time: string | Date) => string
}

/** Times in the person's own time zone and the chosen language. */
export function useFormat(): Format {
  const language = useLanguage()
  return useMemo(() => {
    const dateTime = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
    const time = new Intl.DateTimeFormat(language, { timeStyle: 'short' })
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
    const { days } = { en, ko }[language]
    return {
      dateTime: (given) => dateTime.format(new Date(given)),
      time: (given) => time.format(new Date(given)),
      age: (given) => days(Math.max(0, Math.floor((Date.now() - new Date(given).getTime()) / DAY))),
      ago: (given) => {
        const past = Math.max(0, Date.now() - new Date(given).getTime())
        if (past < HOUR) return relative.format(-Math.floor(past / MINUTE), 'minute')
        return past < DAY
          ? relative.format(-Math.floor(past / HOUR), 'hour')
          : relative.format(-Math.floor(past / DAY), 'day')
      },
    }
  }, [language])
}
