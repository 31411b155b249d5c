import type { Translation } from '../../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = { switchIdentity: '자격 증명 전환' }
