// node measure.mjs ENGINE K RUNS SECONDS: one engine at one K, in a process of its own. Prints the figures as JSON.
import { performance } from 'node:perf_hooks'
import { policyDocument, requests } from './workload.mjs'

const [name, k, runs, seconds] = process.argv.slice(2)
const { decide, load, prepare, title } = await import(`./engines/${name}.mjs`)
const engine = await load(policyDocument(Number(k)))
const expected = requests()
const prepared = expected.map((request) => prepare(engine, request))

// an engine that answers yes or no cannot tell the two denies apart
for (const [i, request] of prepared.entries()) {
  const answer = decide(engine, request)
  const { verdict, action, resource } = expected[i]
  const right = typeof answer === 'boolean' ? answer === (verdict === 'allow') : answer === verdict
  if (!right) throw new Error(`${title} says ${answer} to ${action} on ${resource}, not ${verdict}`)
}

let allowed = 0

/**
 * Decisions per second of processor time (all threads of the process), over about `duration` seconds: what else the
 * machine does meanwhile does not count. `slice` decisions lie between two looks at the clock.
 */
function run(duration, slice) {
  const before = process.cpuUsage()
  const end = performance.now() + duration * 1000
  let done = 0
  let next = 0
  do {
    for (let i = 0; i < slice; i++) {
      const answer = decide(engine, prepared[next])
      if (answer === true || answer === 'allow') allowed++
      if (++next === prepared.length) next = 0
    }
    done += slice
  } while (performance.now() < end)
  const { user, system } = process.cpuUsage(before)
  return (done / (user + system)) * 1e6
}

const slice = Math.max(1, Math.round(run(0.3, 1) / 100))
run(Number(seconds), slice)
const perSecond = Array.from({ length: Number(runs) }, () => run(Number(seconds), slice))
process.stdout.write(JSON.stringify({ title, perSecond, allowed }))
