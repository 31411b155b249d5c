import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  USER: '사용자 이름',
  GROUP: '그룹 이름',
  ROLE: '역할 이름',
  policyArn: '정책의 ARN',
  choose: '이름을 선택하거나 입력하세요',
  none: '찾을 수 없습니다. 직접 입력할 수 있습니다.',
  typeName: '이름을 입력하세요.',
  use: (typed) => `사용: "${typed}"`,
  policies: '정책',
  choosePolicies: '정책 선택',
  builtIn: '기본 제공',
  own: '이 계정의 정책',
  groups: '그룹',
  chooseGroups: '그룹 선택',
  mayNotChoose: (what, reason) => `${what}: 선택할 수 없습니다. ${reason}`,
  find: '이름으로 찾기',
  loading: '불러오는 중',
  nothing: '선택할 항목이 없습니다.',
  noMatch: '일치하는 항목이 없습니다.',
  deselect: (name) => `${name} 선택 해제`,
  editTitle: (name) => `${name} 편집`,
  editUser:
    '키, 정책, 그룹, 디바이스는 유지됩니다. 사용자의 ARN을 직접 명시한 정책은 새 이름이나 경로를 따라가지 않습니다.',
  renamedUser:
    '이후 사용자는 새 이름으로 로그인하며, 정책의 ${aws:username} 변수는 새 이름을 나타냅니다. 정책이 이전 이름으로 허용하던 대상에는 더 이상 접근할 수 없습니다.',
  editGroup: '멤버와 정책은 유지됩니다. 그룹의 ARN을 직접 명시한 정책은 새 이름이나 경로를 따라가지 않습니다.',
  userRule: '최대 64자의 영문자, 숫자 및 + = , . @ _ -',
  groupRule: '최대 128자의 영문자, 숫자 및 + = , . @ _ -',
  path: '경로',
  pathRule: '슬래시로 시작하고 끝나야 합니다. 예: /engineering/.',
  save: '저장',
  saved: (name) => `${name}이(가) 저장되었습니다.`,
}
