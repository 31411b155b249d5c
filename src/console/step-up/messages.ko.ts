import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  stepUpTitle: 'MFA로 확인',
  stepUpDescription: '이 작업은 멀티 팩터 인증(MFA)을 거친 경우에만 허용됩니다.',
  stepUp: '확인',
  cancel: '취소',
  mfaWrong:
    '코드가 유효하지 않습니다. 코드는 한 번만 사용할 수 있으므로 다음 코드를 기다리거나 다른 복구 코드를 사용하세요.',
  noDevice: 'MFA 디바이스가 없습니다. 먼저 디바이스를 활성화하세요.',
  throttled: '시도 횟수가 너무 많습니다. 잠시 후 다시 시도하세요.',
  mfaCode: 'MFA 코드',
  mfaCodeHint: '6자리 숫자입니다.',
  recoveryCode: '복구 코드',
  recoveryCodeHint: '디바이스를 할당할 때 보관한 코드 10개 중 하나입니다. 각 코드는 한 번만 사용할 수 있습니다.',
  useRecoveryCode: '대신 복구 코드 사용',
  useMfaCode: '대신 디바이스 코드 사용',
}
