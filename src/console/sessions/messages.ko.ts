import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  sessions: '세션',
  sessionsDescription: '로그인되어 있는 곳입니다. 모르는 세션은 종료하세요.',
  from: '접속 위치',
  browser: '브라우저 또는 프로그램',
  began: '로그인 시각',
  signedInWith: '로그인 방법',
  withPassword: '암호',
  ends: '종료 시각',
  mfa: 'MFA',
  withMfa: '예',
  withoutMfa: '아니요',
  here: '현재 세션',
  signOut: '로그아웃',
  signOutOf: (from, began) => `${began}에 ${from}에서 시작된 세션에서 로그아웃`,
  signedOut: '세션이 종료되었습니다.',
  unknown: '알 수 없음',
  lastSeen: '마지막 사용',
  ofUserDescription: '사용자가 로그인되어 있는 곳입니다. 종료한 세션은 다음 요청부터 거부됩니다.',
  end: '종료',
  endOf: (from, began) => `${began}에 ${from}에서 시작된 세션 종료`,
  endAll: '모든 세션 종료',
  endAllQuestion: (name) =>
    `임시 자격 증명을 포함하여 ${name}의 모든 세션이 종료됩니다. 액세스 키는 계속 작동하므로 사용자를 차단하려면 키도 비활성화하세요.`,
  allEnded: (name) => `${name}의 모든 세션이 종료되었습니다.`,
  none: '로그인되어 있지 않음',
}
