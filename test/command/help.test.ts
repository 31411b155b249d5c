import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { COMMANDS } from '../../src/command/commands.ts'
import { latchkey } from '../support/run-command.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

test('help lists every command, and every command explains itself and its options', async () => {
  const { code, out, err } = await latchkey(['--help'])
  expect([code, err]).toEqual([0, ''])
  expect(COMMANDS.map(({ name }) => name)).toEqual([
    'start',
    'migrate',
    'seed',
    'create-account',
    'import',
    'reset-root',
    'recover-user',
    'rotate-keys',
    'audit export',
    'audit retain',
    'backup',
    'restore',
    'doctor',
  ])
  for (const { name, summary, usage } of COMMANDS) {
    expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
    const words = name.split(' ')
    const help = await latchkey([...words, '--help'])
    expect([help.code, help.err]).toEqual([0, ''])
    expect(help.out.startsWith(`${usage}\n\n`)).toBe(true)
    for (const [, option = ''] of usage.matchAll(/--([\w-]+)/g))
      expect(help.out).toMatch(new RegExp(`^  --${option}.*  \\S`, 'm'))
    const lines = help.out.split('\n').slice(1)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(110)
    expect(await latchkey(['help', ...words])).toEqual(help)
  }
  expect((await latchkey(['audit', '--help'])).out).toMatch(/^ {2}audit export .*\n {2}audit retain .*\n$/)
  expect((await latchkey(['--version'])).out).toMatch(/^latchkey \d+\.\d+\.\d+\n$/)
})

test('what is not understood is said with the usage line, exit code 2, and nothing is done', async () => {
  for (const { name, usage } of COMMANDS) {
    const refused = await latchkey([...name.split(' '), '--no-such-option'])
    expect([refused.code, refused.out]).toEqual([2, ''])
    expect(refused.err).toBe(`latchkey ${name}: Unknown option '--no-such-option'\n${usage}\n`)
  }
  const account = '123456789012'
  for (const args of [
    ['start', 'now'],
    ['migrate', 'back'],
    ['reset-root'],
    ['reset-root', '--account', '12'],
    ['reset-root', '--account', account, '--user', 'alice'],
    ['recover-user', '--account', account],
    ['create-account', '--email', 'nobody'],
    ['create-account', '--email', 'root@example.com', '--alias', account],
    ['audit', 'retain', '--days', '0'],
    ['audit', 'export', '--account', account, '--since', 'yesterday'],
    ['restore'],
    ['restore', 'one', 'two'],
  ]) {
    const refused = await latchkey(args)
    expect([args, refused.code, refused.out]).toEqual([args, 2, ''])
    expect(refused.err).toMatch(/^latchkey [a-z -]+: .+\nusage: latchkey .+\n$/)
  }
  expect(await latchkey(['explode'])).toMatchObject({
    code: 2,
    out: '',
    err: expect.stringContaining('no command "explode"'),
  })
  expect(await latchkey([])).toMatchObject({ code: 2, out: '', err: expect.stringMatching(/^usage: latchkey /) })
  expect((await latchkey(['audit'])).code).toBe(2)
})

test('the operations page has every command', () => {
  const page = read('docs/operations.md')
  for (const { name } of COMMANDS) expect(page).toContain(`| \`latchkey ${name}`)
})

test('what the operator can put right is a line that says which command and what, exit code 1', async () => {
  expect(await latchkey(['doctor'], { PORT: 'many' })).toMatchObject({ code: 1, err: '' })
  expect(await latchkey(['migrate'], { PORT: 'many' })).toEqual({
    code: 1,
    out: '',
    err: 'latchkey migrate: PORT="many" is not valid: expected a whole number from 0 to 65535\n',
  })
  const url = 'postgresql://iam:hunter2@127.0.0.1:1/iam'
  for (const name of ['migrate', 'seed', 'backup']) {
    const refused = await latchkey([name], { DATABASE_URL: url })
    expect([refused.code, refused.out]).toEqual([1, ''])
    expect(refused.err).toMatch(
      new RegExp(`^latchkey ${name}: PostgreSQL at 127\\.0\\.0\\.1:1/iam cannot be used: .+\\n$`),
    )
  }
})
