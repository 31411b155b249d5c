import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  copy: (text) => `${text} 복사`,
  copied: '복사됨',
  notCopied: '복사할 수 없습니다',
}
