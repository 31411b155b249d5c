import { describe, expect, test } from 'vitest'
import { inBatches } from '../../src/store/batches.ts'

/** Answers in capitals, and remembers what was asked together. */
function asking() {
  const asked: (readonly string[])[] = []
  const ask = inBatches(async (questions: readonly string[]) => {
    asked.push(questions)
    return questions.map((question) => question.toUpperCase())
  })
  return { asked, ask }
}

describe('inBatches', () => {
  test('sends the questions of one turn together and gives everybody their own answer', async () => {
    const { asked, ask } = asking()
    expect(await Promise.all(['a', 'b', 'a'].map(ask))).toEqual(['A', 'B', 'A'])
    expect(asked).toEqual([['a', 'b', 'a']])
  })

  test('keeps no answer: the same question is asked again', async () => {
    const { asked, ask } = asking()
    await ask('a')
    await ask('a')
    expect(asked).toEqual([['a'], ['a']])
  })

  test('never answers a question from a reading that began before it was asked', async () => {
    let state = 'before'
    const late: Promise<string>[] = []
    const ask: (question: string) => Promise<string> = inBatches(async (questions: readonly string[]) => {
      const seen = state
      if (late.length === 0) {
        state = 'after'
        late.push(ask('a'))
      }
      await Promise.resolve()
      return questions.map(() => seen)
    })
    expect(await ask('a')).toBe('before')
    expect(await Promise.all(late)).toEqual(['after'])
  })

  test('lets a failure fail those who asked, and nobody after them', async () => {
    let broken = true
    const ask = inBatches(async (questions: readonly string[]) => {
      if (broken) throw new Error('no connection')
      return questions
    })
    const settled = await Promise.allSettled([ask('a'), ask('b')])
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    broken = false
    expect(await ask('c')).toBe('c')
  })

  test('does not let a batch grow without end', async () => {
    const { asked, ask } = asking()
    const questions = Array.from({ length: 450 }, (_, i) => `q${i}`)
    expect(await Promise.all(questions.map(ask))).toEqual(questions.map((question) => question.toUpperCase()))
    expect(asked.map(({ length }) => length)).toEqual([200, 200, 50])
  })
})
