import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  denied: '권한이 없습니다',
  failed: '요청을 처리하지 못했습니다',
  unreachable: '서버가 응답하지 않습니다. 연결을 확인한 후 다시 시도하세요.',
  noAnswer: '서버가 응답하지 않습니다. 요청이 처리되었는지 알 수 없으니, 다시 시도하기 전에 확인하세요.',
  unavailable:
    'Latchkey가 지금은 요청을 처리할 수 없습니다. 이 요청으로 변경된 것은 없습니다. 잠시 후 다시 시도하세요.',
  unknownOutcome:
    '처리 중에 Latchkey와 데이터베이스의 연결이 끊겼습니다. 요청이 처리되었는지 알 수 없으니, 다시 시도하기 전에 확인하세요.',
  noDatabase: 'Latchkey가 데이터베이스에 연결할 수 없습니다. 다시 시도하는 중…',
  noServer: 'Latchkey에 연결할 수 없습니다. 다시 시도하는 중…',
  waiting: '연결되면 자동으로 계속됩니다. 입력한 내용은 사라지지 않습니다.',
  tryNow: '지금 시도',
  throttled: '요청이 너무 많습니다. 잠시 후 다시 시도하세요.',
  principal: '요청자',
  action: '작업',
  resource: '리소스',
  explicit: '정책에서 명시적으로 금지합니다. 다른 곳에서 허용해도 소용이 없습니다.',
  implicit: '허용하는 정책이 없습니다. 관리자가 허용할 수 있습니다.',
  mfaRequired: '멀티 팩터 인증(MFA)을 거치면 허용됩니다.',
  useMfa: 'MFA로 확인',
  decision: '결정',
  request: '요청',
  explain: '거부된 이유',
  gone: '찾을 수 없습니다',
  goneHint: '삭제되었거나 이름이 변경되었을 수 있습니다.',
  backTo: (list) => `${list} 목록으로 돌아가기`,
  tryAgain: '다시 시도',
}
