import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  cancel: '취소',
  confirm: (name) => `확인하려면 ${name}을(를) 입력하세요`,
}
