import type { Translation } from './language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  days: (count) => `${count}일`,
}
