import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  noTags: '태그 없음',
  addTag: '태그 추가',
  removeTag: '제거',
  tagKey: '키',
  tagValue: '값',
}
