import { describe, expect, test } from 'vitest'
import { checkTagKeys, checkTags, type TagInput } from '../../../src/iam/tags/tag-rules.ts'
import { refusal } from '../../support/call.ts'

const tags = (count: number): TagInput[] => Array.from({ length: count }, (_, n) => ({ key: `k${n}`, value: '' }))
const one = (field: string, rest: string) =>
  `1 validation error detected: Value at '${field}' failed to satisfy constraint: Member must ${rest}`
const RESERVED = 'Tag keys and values must not start with aws:, which is reserved.'

describe('checkTags', () => {
  test.each<[string, TagInput[], string, string]>([
    ['51 tags', tags(51), 'ValidationError', one('tags', 'have length less than or equal to 50')],
    [
      'an empty key',
      [{ key: '', value: '' }],
      'ValidationError',
      one('tags.1.member.key', 'have length greater than or equal to 1'),
    ],
    [
      'a key of 129',
      [...tags(1), { key: 'k'.repeat(129), value: '' }],
      'ValidationError',
      one('tags.2.member.key', 'have length less than or equal to 128'),
    ],
    [
      'a value of 257',
      [{ key: 'k', value: 'v'.repeat(257) }],
      'ValidationError',
      one('tags.1.member.value', 'have length less than or equal to 256'),
    ],
    [
      'a comma',
      [{ key: 'k', value: 'a,b' }],
      'ValidationError',
      one('tags.1.member.value', 'satisfy regular expression pattern: [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*'),
    ],
    ['a reserved key', [{ key: 'aws:x', value: '' }], 'InvalidInput', RESERVED],
    ['a reserved key in capitals', [{ key: 'AWS:x', value: '' }], 'InvalidInput', RESERVED],
    ['a reserved value', [{ key: 'k', value: 'aws:x' }], 'InvalidInput', RESERVED],
    [
      'two keys that differ in case only',
      [
        { key: 'Department', value: 'a' },
        { key: 'department', value: 'b' },
      ],
      'InvalidInput',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ],
  ])('refuses %s', async (_, given, code, message) => {
    expect(await refusal(() => checkTags(given, 'user'))).toEqual({ code, message })
  })

  test('takes keys that differ in case for two where case counts, but never the same key twice', async () => {
    const differing = ['team', 'Team'].map((key) => ({ key, value: '' }))
    expect(() => checkTags(differing, 'policy')).not.toThrow()
    expect((await refusal(() => checkTags([...differing, ...differing], 'policy'))).code).toBe('InvalidInput')
  })

  test('collects what is wrong with several tags', async () => {
    const { message } = await refusal(() => checkTags([{ key: '', value: 'v'.repeat(257) }], 'user'))
    expect(message).toMatch(/^2 validation errors detected: .*key.*; .*value/)
  })

  test.each<[string, TagInput[]]>([
    ['no tags', []],
    ['50 tags', tags(50)],
    ['the longest key and value', [{ key: 'k'.repeat(128), value: 'v'.repeat(256) }]],
    ['letters, numbers and spaces of every language', [{ key: 'Łódź 部署', value: '٣ _.:/=+-@' }]],
    ['aws: in the middle', [{ key: 'xaws:', value: 'my aws:x' }]],
  ])('accepts %s', (_, given) => {
    expect(() => checkTags(given, 'user')).not.toThrow()
  })
})

describe('checkTagKeys', () => {
  test('refuses more than 50 keys, and keys that cannot be', async () => {
    expect((await refusal(() => checkTagKeys(tags(51).map(({ key }) => key)))).message).toBe(
      one('tagKeys', 'have length less than or equal to 50'),
    )
    expect((await refusal(() => checkTagKeys(['']))).message).toBe(
      one('tagKeys.1.member', 'have length greater than or equal to 1'),
    )
  })

  test('lets keys repeat', () => {
    expect(() => checkTagKeys(['a', 'A'])).not.toThrow()
  })
})
