import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  search: '이 페이지에서 검색',
  matches: (count) => `${count}개 일치`,
  noMatch: '이 페이지에 일치하는 항목이 없습니다.',
  clear: '검색 지우기',
  loading: '불러오는 중',
}
