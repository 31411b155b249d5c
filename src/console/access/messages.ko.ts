import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  needs: (action) => `${action} 권한이 필요합니다.`,
  needsMfa: (action) => `${action} 작업은 MFA로 로그인한 후에만 허용됩니다.`,
}
