import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  title: '태그',
  optional: '태그 - 선택 사항',
  manage: '태그 관리',
  none: '태그가 없습니다.',
  key: '키',
  value: '값',
  save: '변경 사항 저장',
  saved: '태그를 저장했습니다.',
}
