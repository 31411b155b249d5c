#!/usr/bin/env node
// Policy decisions per second of processor time, engine by engine. Prints a Markdown table; progress goes to stderr.
//
//   node policy/run.mjs [--k 0,10,100,1000] [--runs 5] [--seconds 1] [--only latchkey,casl,casbin,cedar]
//
// Each figure is the median of the runs of a process of its own, after a warm-up and after all 1,200 verdicts were found
// right. Latchkey is measured as built (dist/policy); where it is not built, its sources run under tsx.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cpus } from 'node:os'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    k: { type: 'string', default: '0,10,100,1000' },
    runs: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '1' },
    only: { type: 'string', default: 'latchkey,casl,casbin,cedar' },
  },
})

const built = new URL('../../dist/policy/index.js', import.meta.url)
const source = new URL('../../src/policy/index.ts', import.meta.url)
const isBuilt = existsSync(built)
const nodeOptions = isBuilt ? [] : ['--import', 'tsx']
const environment = { ...process.env, NODE_ENV: 'production', BENCH_POLICY_MODULE: (isBuilt ? built : source).href }
process.stderr.write(`Latchkey from ${isBuilt ? 'dist' : 'src under tsx'}, Node ${process.versions.node}\n`)

const child = fileURLToPath(new URL('measure.mjs', import.meta.url))
function measure(engine, k) {
  const args = [...nodeOptions, child, engine, k, values.runs, values.seconds]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', env: environment })
  if (status !== 0) throw new Error(`${engine} with K=${k} failed:\n${stderr}`)
  const { title, perSecond } = JSON.parse(stdout)
  const sorted = perSecond.toSorted((a, b) => a - b)
  const median = sorted[sorted.length >> 1]
  process.stderr.write(`${title} K=${k}: ${count(median)}/s (${count(sorted[0])} to ${count(sorted.at(-1))})\n`)
  return { title, median }
}

function count(figure) {
  if (figure >= 1e6) return `${(figure / 1e6).toFixed(2)}M`
  return figure >= 1e4 ? `${(figure / 1e3).toFixed(1)}k` : figure.toFixed(0)
}

function ratio(figure, base) {
  if (base === undefined) return ''
  const times = figure / base
  return times >= 1 ? ` (${times.toFixed(2)}×)` : ` (1/${(1 / times).toFixed(times > 0.1 ? 1 : 0)})`
}

const ks = values.k.split(',')
const table = values.only.split(',').map((engine) => ks.map((k) => measure(engine, k)))
const base = values.only.split(',')[0] === 'latchkey' ? table[0].map(({ median }) => median) : []
const lines = table.map((row, i) => {
  const cells = row.map(({ median }, column) => `${count(median)}${i === 0 ? '' : ratio(median, base[column])}`)
  return `| ${row[0].title} | ${cells.join(' | ')} |`
})
process.stdout.write(`
Decisions per second of processor time with K irrelevant statements beside the two that decide; in brackets, compared
with Latchkey. Node ${process.versions.node}, ${cpus()[0]?.model ?? 'unknown processor'}.

| engine | ${ks.map((k) => `K=${k}`).join(' | ')} |
|---|${ks.map(() => '---:').join('|')}|
${lines.join('\n')}
`)
