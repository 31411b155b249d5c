import type { Translation } from '../../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  policies: '정책',
  choosePolicies: '정책 선택',
  builtIn: '기본 제공',
  own: '이 계정의 정책',
  groups: '그룹',
  chooseGroups: '그룹 선택',
  find: '이름으로 찾기',
  loading: '불러오는 중',
  nothing: '선택할 항목이 없습니다.',
  noMatch: '일치하는 항목이 없습니다.',
  deselect: (name) => `${name} 선택 해제`,
}
