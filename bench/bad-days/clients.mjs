// Callers as portals and bots are: each has one connection that it keeps, and asks one thing after the other.
import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const CHANGE = 'mutation ($input: TagUserInput!) { tagUser(input: $input) { user { name } } }'
const READ = 'query ($name: String!) { user(name: $name) { arn tags { key value } } }'
const PATIENCE_MS = 120_000

/**
 * Starts so many clients. Every `changeEvery`-th request is a change: the client writes the number of the change into a tag of its
 * own, so that afterwards the database tells whether one that was acknowledged is missing. `taggers` are { headers, userName }.
 * Moments are of performance.now().
 */
export function startClients({ ports, taggers, clients, changeEvery, pauseMs }) {
  const asked = []
  const acknowledged = new Map()
  const over = new AbortController()
  const all = Array.from({ length: clients }, (_, n) => work(n))

  async function work(n) {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const { headers, userName, account } = taggers[n % taggers.length]
    const key = `client-${n}`
    for (let round = n % changeEvery; !over.signal.aborted; round++) {
      const isChange = round % changeEvery === 0
      const body = isChange
        ? { query: CHANGE, variables: { input: { userName, tags: [{ key, value: String(round) }] } } }
        : { query: READ, variables: { name: userName } }
      const seen = await ask({ port: ports[n % ports.length], agent, headers, body: JSON.stringify(body) })
      asked.push({ isChange, ...seen })
      if (isChange && seen.outcome === 'ok') acknowledged.set(key, { account, userName, round })
      // Who is refused waits, as Retry-After asks.
      await pause(seen.outcome === 'ok' ? pauseMs : Math.max(pauseMs, 500))
    }
    agent.destroy()
  }
  return {
    asked,
    acknowledged,
    async stop() {
      over.abort()
      await Promise.all(all)
    },
  }
}

/** One request; `outcome` is `ok`, `503`, a code of an error, or the code of what happened to the connection. */
function ask({ port, agent, headers, body }) {
  const began = performance.now()
  return new Promise((resolve) => {
    const done = (outcome, more) => resolve({ began, ended: performance.now(), outcome, ...more })
    const sent = request(
      {
        host: '127.0.0.1',
        port,
        agent,
        method: 'POST',
        path: '/graphql',
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part) => (text += part))
        answer.on('error', ({ code }) => done(code ?? 'cut'))
        answer.on('end', () => {
          const code = /"code":"(\w+)"/.exec(text)?.[1]
          if (answer.statusCode !== 200) done(String(answer.statusCode), { retryAfter: answer.headers['retry-after'] })
          else done(code ?? 'ok')
        })
      },
    )
    sent.on('error', ({ code, message }) => done(code ?? message, { reused: sent.reusedSocket }))
    sent.setTimeout(PATIENCE_MS, () => sent.destroy(Object.assign(new Error('no answer'), { code: 'unanswered' })))
    sent.end(body)
  })
}

/** How many of each outcome. */
export function outcomes(asked) {
  const counts = {}
  for (const { outcome } of asked) counts[outcome] = (counts[outcome] ?? 0) + 1
  return counts
}

/** Acknowledged changes that the database does not have: a later number is fine, an earlier one is a loss. */
export async function findLost(pool, acknowledged) {
  const { rows } = await pool.query(
    `select u.account_id, u.name, t.key, t.value from user_tag t join "user" u on u.account_id = t.account_id and u.id = t.user_id where t.key like 'client-%'`,
  )
  const stored = new Map(
    rows.map(({ account_id, name, key, value }) => [`${account_id} ${name} ${key}`, Number(value)]),
  )
  return [...acknowledged].filter(
    ([key, { account, userName, round }]) => !(stored.get(`${account} ${userName} ${key}`) >= round),
  ).length
}

/** The value below which `share` of them are. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}
