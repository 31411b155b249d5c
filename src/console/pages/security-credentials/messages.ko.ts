import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  title: '내 보안 자격 증명',
  of: (name) => `${name} 님이 로그인하고 요청에 서명할 때 사용하는 자격 증명입니다.`,
  ofRoot: '루트 사용자가 로그인하고 요청에 서명할 때 사용하는 자격 증명입니다.',
}
