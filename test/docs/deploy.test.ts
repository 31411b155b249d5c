import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'

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
