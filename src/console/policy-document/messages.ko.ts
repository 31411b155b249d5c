import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  ERROR: '오류',
  SECURITY_WARNING: '보안 경고',
  WARNING: '경고',
  SUGGESTION: '제안',
  noFindings: '발견된 사항이 없습니다.',
  findings: (count) => `발견된 사항 ${count}개:`,
  line: (line) => `${line}행`,
  lineNumber: '행',
  code: '정책',
  copy: '정책 복사',
  copied: '복사됨',
  notCopied: '복사하지 못함',
}
