import type { Translation } from '../../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  password: '콘솔 암호',
  generated: '암호 자동 생성',
  typed: '암호 직접 입력',
  kept: '암호 유지',
  resetRequired: '사용자는 다음 로그인 시 새 암호를 설정해야 합니다',
  resetHint: '사용자 본인만 암호를 알 수 있도록 합니다.',
  once: '암호는 지금만 볼 수 있습니다. 분실하면 재설정하세요.',
  signInAddress: '로그인 주소',
  userName: '사용자 이름',
  copy: (what) => `복사: ${what}`,
  copied: '복사됨',
  notCopied: '복사할 수 없습니다',
  show: '표시',
  hide: '숨기기',
}
