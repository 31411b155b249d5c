import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  partly: '완료 표시된 작업은 이미 적용되었으며 그대로 유지됩니다. 다시 시도하면 중단된 곳부터 계속합니다.',
  nothingDone: '변경된 내용이 없습니다.',
  pending: '수행되지 않음',
  running: '진행 중',
  done: '완료',
  failed: '실패',
}
