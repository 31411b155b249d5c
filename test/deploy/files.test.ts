import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { readConfig } from '../../src/config.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const ALERTS_FILE = path.join(ROOT, 'deploy/prometheus/alerts.yml')
const PROMTOOL = '/usr/bin/promtool'
const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')

const METRICS_PAGE = read('docs/metrics.md')
const ALERTS = readFileSync(ALERTS_FILE, 'utf8')
const alerts = [...ALERTS.matchAll(/- alert: (\w+)\n\s+expr: '(.*)'\n/g)].map(([, name = '', expr = '']) => ({
  name,
  expr,
}))
const dashboard = z
  .object({ panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })) })
  .parse(JSON.parse(read('deploy/grafana/latchkey.json')))
const expressions = [
  ...alerts.map(({ expr }) => expr),
  ...dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
]

test('alerts and dashboard ask for nothing that the metrics page does not explain', () => {
  expect(alerts.length).toBe(ALERTS.match(/- alert:/g)?.length)
  const asked = new Set(expressions.flatMap((expr) => expr.match(/\blatchkey_\w+/g) ?? []))
  expect(asked.size).toBeGreaterThan(10)
  const explained = new Set([...METRICS_PAGE.matchAll(/^\| `(latchkey_\w+)`/gm)].map(([, name = '']) => name))
  expect([...asked].filter((name) => !explained.has(name.replace(/_bucket$/, '')))).toEqual([])
})

test('every alert has a chapter that says what to do, under the address that it names, and no chapter is without', () => {
  const chapters = [...METRICS_PAGE.matchAll(/^### (\w+)\n\n(.+)$/gm)]
  expect(chapters.map(([, name]) => name)).toEqual(alerts.map(({ name }) => name))
  for (const [, , text] of chapters) expect(text).toMatch(/What to do: \S/)
  for (const { name } of alerts) expect(ALERTS).toContain(`docs/metrics.md#${name.toLowerCase()}'`)
})

test.skipIf(!existsSync(PROMTOOL))('Prometheus takes the alerts', () => {
  expect(execFileSync(PROMTOOL, ['check', 'rules', ALERTS_FILE], { encoding: 'utf8' })).toContain('SUCCESS')
})

const UNIT_FILE = path.join(ROOT, 'deploy/systemd/latchkey.service')
const SYSTEMD_ANALYZE = '/usr/bin/systemd-analyze'
const CONTAINERFILE = read('deploy/container/Containerfile')

const analyze = (...args: string[]) => spawnSync(SYSTEMD_ANALYZE, args, { encoding: 'utf8' })

test.skipIf(!existsSync(SYSTEMD_ANALYZE))(
  'systemd takes the unit, and finds little that it may do beside serving',
  () => {
    const verified = analyze('verify', '--man=no', UNIT_FILE)
    expect([verified.status, verified.stderr.includes(path.basename(UNIT_FILE))]).toEqual([0, false])
    // In tenths of ten, which is a service that may do everything.
    expect(analyze('security', '--offline=true', '--threshold=15', UNIT_FILE).status).toBe(0)
  },
)

test('the unit and the container stop the server as it wants to be stopped, and give it more time than it takes', () => {
  const unit = read('deploy/systemd/latchkey.service')
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(readConfig({}).stopTimeout)
  expect(unit).toMatch(/^KillSignal=SIGTERM$/m)
  expect(CONTAINERFILE).toMatch(/^STOPSIGNAL SIGTERM$/m)
  // Neither a shell nor npm in between.
  expect(CONTAINERFILE).toMatch(/^ENTRYPOINT \["node", "[\w/]+\/dist\/command\/latchkey\.js"\]\nCMD \["start"\]$/m)
  expect(unit).toMatch(/^ExecStart=\/usr\/bin\/env node .*dist\/main\.js$/m)
})

test('the container runs as nobody in particular, holds what the server needs, and nothing that is secret or only for building', () => {
  const [, last = ''] = CONTAINERFILE.split(/^FROM .*AS build$/m)
  const final = last.slice(last.indexOf('\nFROM '))
  expect(final).toMatch(/^USER \d+:\d+$/m)
  const copied = [...last.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))
  expect(copied.length).toBeGreaterThan(5)
  expect(copied.filter((name) => !existsSync(path.join(ROOT, name)))).toEqual([])
  expect(final).not.toMatch(/^COPY (?!--from=build )/m)
  const published = z.object({ files: z.array(z.string()) }).parse(JSON.parse(read('package.json'))).files
  for (const name of [...published, 'package.json', 'node_modules']) expect(final).toContain(`/src/${name}`)
  expect(CONTAINERFILE).not.toMatch(/MASTER_KEY|PASSWORD|TOKEN|^ADD /m)
  expect(read('.containerignore').split('\n')).toEqual(expect.arrayContaining(['data', '.git', '**/master.key']))
})

test('the page on deployment names every variable that it gives a value as the server knows it', () => {
  const page = read('docs/deployment.md')
  const known = read('src/environment.ts')
  const named = new Set(page.match(/\bLATCHKEY_[A-Z_]+\b/g))
  expect(named.size).toBeGreaterThan(5)
  expect([...named].filter((name) => !new RegExp(`^  ${name}: `, 'm').test(known))).toEqual([])
})
