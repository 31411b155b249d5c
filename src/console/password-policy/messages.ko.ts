import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  builtIn: '기본 규칙이 적용됩니다.',
  custom: '이 계정의 규칙:',
  builtInLength: '8~128자',
  builtInMix: '대문자, 소문자, 숫자, 기호 중 세 가지 이상',
  builtInSame: '계정 이름과 다를 것',
  builtInAge: '암호는 만료되지 않음',
  length: (count) => `${count}자 이상`,
  uppercase: '대문자(A~Z) 하나 이상',
  lowercase: '소문자(a~z) 하나 이상',
  numbers: '숫자 하나 이상',
  symbols: "기호 하나 이상: ! @ # $ % ^ & * ( ) _ + - = [ ] { } | '",
  age: (days) => `암호는 ${days}일 후 만료`,
  reuse: (count) => `최근 암호 ${count}개와 다를 것`,
  hard: '만료된 암호는 관리자만 교체할 수 있음',
  change: '사용자가 자신의 암호를 변경할 수 있음',
}
