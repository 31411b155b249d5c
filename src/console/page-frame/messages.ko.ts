import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  dismiss: '닫기',
  notifications: '알림',
  notFoundTitle: '페이지를 찾을 수 없음',
  notFound: '이 주소에는 아무것도 없습니다.',
}
