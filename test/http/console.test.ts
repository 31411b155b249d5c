import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { type ConsoleFiles, readConsole } from '../../src/http/console.ts'
import { temporaryDirectory } from '../support/temporary-directory.ts'
import { serve } from './serve.ts'

const PAGE = '<!doctype html><title>Latchkey</title>'
const SCRIPT = `console.log('${'x'.repeat(2000)}')`
const HTML = { accept: 'text/html,application/xhtml+xml' }

/** A small build of the same shape, until the test is over. */
function built(): ConsoleFiles | null {
  const folder = temporaryDirectory()
  mkdirSync(path.join(folder, 'assets'))
  writeFileSync(path.join(folder, 'index.html'), PAGE)
  writeFileSync(path.join(folder, 'pages.json'), '["users","sign-in"]')
  const script = path.join(folder, 'assets/index-abc.js')
  writeFileSync(script, SCRIPT)
  writeFileSync(`${script}.br`, brotliCompressSync(SCRIPT))
  writeFileSync(`${script}.gz`, gzipSync(SCRIPT))
  return readConsole(folder)
}

describe('the console', () => {
  test.each(['/', '/users', '/users/alice@example.com', '/sign-in/123456789012'])(
    'answers a browser at %s with its page, kept nowhere and under a strict policy',
    async (address) => {
      const { url } = await serve({ console: built() })
      const answer = await fetch(url + address, { headers: HTML })
      expect([answer.status, await answer.text()]).toEqual([200, PAGE])
      expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const policy = answer.headers.get('content-security-policy')
      expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self';")
      expect(policy).not.toContain('unsafe')
    },
  )

  test.each(['/nowhere', '/usersand', '/assets/index-old.js', '/?Action=ListUsers&X-Amz-Signature=0'])(
    'leaves %s alone',
    async (address) => {
      const { url } = await serve({ console: built() })
      const answer = await fetch(url + address, { headers: HTML, redirect: 'manual' })
      expect([address, answer.status]).not.toEqual([address, 200])
    },
  )

  test('answers no program at an address of a page, and nobody who posts', async () => {
    const { url } = await serve({ console: built() })
    expect((await fetch(`${url}/users`)).status).toBe(404)
    for (const address of ['/', '/users', '/assets/index-abc.js']) {
      const answer = await fetch(url + address, { method: 'POST', headers: HTML })
      expect([400, 404]).toContain(answer.status)
      expect(await answer.text()).not.toContain('<title>')
    }
  })

  test('leaves GraphiQL where it is', async () => {
    const { url } = await serve({ console: built() })
    expect(await (await fetch(`${url}/graphql`, { headers: HTML })).text()).toContain('GraphiQL')
  })

  test.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['deflate', null],
  ])('sends its files as a browser that takes %s wants them, to be kept for ever', async (accepted, encoding) => {
    const { url } = await serve({ console: built() })
    const answer = await fetch(`${url}/assets/index-abc.js`, { headers: { 'accept-encoding': accepted } })
    expect([answer.status, await answer.text()]).toEqual([200, SCRIPT])
    expect(answer.headers.get('content-encoding')).toBe(encoding)
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  })

  test('sends a file that the browser has already only once', async () => {
    const { url } = await serve({ console: built() })
    const first = await fetch(`${url}/assets/index-abc.js`)
    const etag = first.headers.get('etag') ?? ''
    const second = await fetch(`${url}/assets/index-abc.js`, { headers: { 'if-none-match': etag } })
    expect([second.status, await second.text()]).toEqual([304, ''])
  })
})
