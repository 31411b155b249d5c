import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  dashboard: '대시보드',
  users: '사용자',
  groups: '그룹',
  roles: '역할',
  policies: '정책',
  simulator: '정책 시뮬레이터',
  accountSettings: '계정 설정',
  credentialReport: '자격 증명 보고서',
  auditTrail: '감사 추적',
}
