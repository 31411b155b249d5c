import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  title: '결정',
  allowed: '허용됨',
  denied: '거부됨',
  result: '결과',
  principal: '요청자',
  action: '작업',
  resource: '리소스',
  simulate: '정책 시뮬레이터에서 시험',
  mfa: '멀티 팩터 인증(MFA)을 거쳤다면 허용되었을 것입니다.',
  statements: '이 작업에 대한 명령문',
  noStatements: '이 작업에 대해 언급하는 정책이 없습니다.',
  policy: '정책',
  statement: '명령문',
  effect: '효과',
  applied: '적용됨',
  yes: '예',
  no: (why) => `아니요: ${why}`,
  notKept: '이 결정의 기록이 없습니다. 거부와 변경에 대한 설명만 90일 동안 보관합니다.',
  conditions: '조건',
  condition: (operator, key, wanted, was) => `${operator} ${key}: 필요한 값 ${wanted}, 실제 값 ${was}`,
  absent: '없음',
  context: '요청에 대해 알려진 내용',
  key: '키',
  values: '값',
}
