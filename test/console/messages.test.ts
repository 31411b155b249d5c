import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'

const CONSOLE = path.join(import.meta.dirname, '../../src/console')
const files = readdirSync(CONSOLE, { recursive: true, encoding: 'utf8' })
const folders = files
  .filter((file) => path.basename(file) === 'messages.en.ts')
  .map((file) => path.dirname(file))
  .toSorted()

type Messages = Readonly<Record<string, string | ((...parts: unknown[]) => string)>>

async function messagesOf(folder: string, language: 'en' | 'ko'): Promise<Messages> {
  const module: Record<string, Messages | undefined> = await import(
    path.join(CONSOLE, folder, `messages.${language}.ts`)
  )
  const messages = module[language]
  if (!messages) throw new Error(`${folder}/messages.${language}.ts exports no ${language}`)
  return messages
}

test('every folder that has messages has them in both languages', () => {
  const korean = files.filter((file) => path.basename(file) === 'messages.ko.ts').map((file) => path.dirname(file))
  expect(korean.toSorted()).toEqual(folders)
  expect(folders.length).toBeGreaterThan(4)
})

describe.each(folders)('the messages of %s', (folder) => {
  test('have the same keys in both languages, and no empty text', async () => {
    const [en, ko] = await Promise.all([messagesOf(folder, 'en'), messagesOf(folder, 'ko')])
    expect(Object.keys(ko)).toEqual(Object.keys(en))
    expect([...Object.entries(en), ...Object.entries(ko)].filter(([, text]) => text === '')).toEqual([])
  })

  test('have the same parts in both languages, and show each of them', async () => {
    const [en, ko] = await Promise.all([messagesOf(folder, 'en'), messagesOf(folder, 'ko')])
    for (const [key, text] of Object.entries(en)) {
      const other = ko[key]
      expect([key, typeof other]).toEqual([key, typeof text])
      if (typeof text !== 'function' || typeof other !== 'function') continue
      const parts = Array.from({ length: text.length }, (_, n) => `part ${n}`)
      for (const shown of [text(...parts), other(...parts)]) {
        expect(
          parts.filter((part) => !shown.includes(part)),
          key,
        ).toEqual([])
      }
    }
  })

  test('are Korean where they are meant to be', async () => {
    const ko = await messagesOf(folder, 'ko')
    const latin = Object.entries(ko).filter(
      ([, text]) => typeof text === 'string' && !/\p{Script=Hangul}/u.test(text) && /[a-z]{4}/.test(text),
    )
    expect(latin).toEqual([])
  })
})
