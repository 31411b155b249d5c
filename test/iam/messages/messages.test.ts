import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { COMMON_MESSAGES } from './common-messages.ts'
import { CONFLICT_MESSAGES } from './conflict-messages.ts'
import { IAM_MESSAGES } from './iam-messages.ts'
import { QUOTA_MESSAGES } from './quota-messages.ts'
import { STS_MESSAGES } from './sts-messages.ts'
import { type Message, openTold, type Told } from './told.ts'

let told: Told

beforeAll(async () => {
  told = await openTold()
})

afterAll(() => told.installation.stop())

const SECTIONS: Readonly<Record<string, readonly Message[]>> = {
  'a quota': QUOTA_MESSAGES,
  'any operation': COMMON_MESSAGES,
  'what must be gone first': CONFLICT_MESSAGES,
  'an operation of IAM': IAM_MESSAGES,
  'an operation of STS': STS_MESSAGES,
}

describe.each(Object.entries(SECTIONS))('clients read the very words of AWS about %s:', (_section, messages) => {
  test.each(messages.map((message) => [message.says, message] as const))('%s', async (_says, { says, code, when }) => {
    const { errors } = await when(told)
    const heard = errors.map(({ message, extensions }) => [extensions.code, message])
    expect(heard).toEqual([[code, says.replaceAll('{account}', told.account.accountId)]])
  })
})
