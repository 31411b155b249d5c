// node measure.mjs ENGINE K RUNS SECONDS: one engine at one K, in a process of its own. Prints decisions per second as JSON.
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

/** Decisions per second over about `duration` seconds; `slice` decisions between two looks at the clock. */
function run(duration, slice) {
  const start = performance.now()
  const end = start + duration * 1000
  let done = 0
  let next = 0
  let now
  do {
    for (let i = 0; i < slice; i++) {
      const answer = decide(engine, prepared[next])
      if (answer === true || answer === 'allow') allowed++
      if (++next === prepared.length) next = 0
    }
    done += slice
    now = performance.now()
  } while (now < end)
  return (done / (now - start)) * 1000
}

const slice = Math.max(1, Math.round(run(0.3, 1) / 100))
run(Number(seconds), slice)
const perSecond = Array.from({ length: Number(runs) }, () => run(Number(seconds), slice))
process.stdout.write(JSON.stringify({ title, perSecond, allowed }))
