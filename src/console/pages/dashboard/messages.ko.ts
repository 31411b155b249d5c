import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  title: '대시보드',
  you: '로그인한 사용자',
  user: '사용자',
  root: '루트 사용자',
  account: '계정 ID',
  mfa: 'MFA',
  noMfa: '이 세션은 MFA를 거치지 않았습니다',
  sessionEnds: '세션 종료',
  credentials: '보안 자격 증명',
  manage: '내 보안 자격 증명',
}
