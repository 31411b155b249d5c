import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  title: '내 보안 자격 증명',
  of: (name) => `${name} 님이 로그인하고 요청에 서명할 때 사용하는 자격 증명입니다.`,
  ofSession: '임시 자격 증명으로 로그인했습니다. 임시 자격 증명은 저절로 만료되므로 관리할 것이 없습니다.',
  ofRoot: '루트 사용자가 로그인하고 요청에 서명할 때 사용하는 자격 증명입니다.',
  email: '이메일 주소',
  emailDescription: '루트 사용자가 로그인할 때 사용하는 주소입니다.',
  changeEmail: '이메일 주소 변경',
  newEmail: '새 이메일 주소',
  emailChanged: '이메일 주소가 변경되었습니다.',
  password: '콘솔 암호',
  passwordDescription: '변경하면 다른 세션이 모두 종료됩니다. 액세스 키에는 영향을 주지 않습니다.',
  changePassword: '암호 변경',
  oldPassword: '현재 암호',
  newPassword: '새 암호',
  confirmPassword: '새 암호 확인',
  differ: '두 암호가 일치하지 않습니다.',
  oldPasswordWrong: '현재 암호가 올바르지 않습니다.',
  changed: '암호가 변경되었으며 다른 세션은 종료되었습니다.',
}
