import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  product: '자격 증명 및 액세스 관리',
  navigation: '탐색',
  openNavigation: '탐색 열기',
  closeNavigation: '탐색 닫기',
  notifications: '알림',
  rootUser: '루트 사용자',
  accountId: (id) => `계정 ID: ${id}`,
  accountWithAlias: (id, alias) => `계정 ID: ${id} (${alias})`,
  securityCredentials: '보안 자격 증명',
  switchIdentity: '자격 증명 전환',
  language: '언어',
  theme: '테마',
  system: '시스템 설정',
  light: '밝게',
  dark: '어둡게',
  graphiql: 'GraphiQL: API 탐색기',
  newTab: '(새 탭에서 열림)',
  signOut: '로그아웃',
  signOutEverywhere: '모든 곳에서 로그아웃',
  signedInWithMfa: 'MFA로 로그인함',
  breadcrumbs: '이동 경로',
  home: 'IAM',
  failedTitle: '페이지가 작동하지 않습니다',
  failed: '페이지에서 예기치 않은 오류가 발생했습니다. 이로 인해 변경된 내용은 없습니다.',
  reload: '페이지 새로 고침',
  endsSoon: (time) =>
    `작업 중이더라도 세션이 ${time}에 종료됩니다. 지금 다시 로그인하면 새 세션이 시작되며, 입력한 내용은 그대로 유지됩니다.`,
  signInAgainNow: '지금 다시 로그인',
  idleSoon: (time) => `한동안 활동이 없었습니다. ${time}에 자동으로 로그아웃됩니다.`,
  staySignedIn: '로그인 상태 유지',
  usedRecoveryCode: (left) =>
    left === 0
      ? '마지막 복구 코드를 사용했습니다. 새 복구 코드를 만들거나, 디바이스를 분실했다면 다른 디바이스를 할당하세요.'
      : `복구 코드를 사용했습니다. ${left}개 남았습니다. 디바이스를 분실했다면 제거하고 다른 디바이스를 할당하세요.`,
  toSecurityCredentials: '내 보안 자격 증명',
}
