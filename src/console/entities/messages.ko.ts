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
}
