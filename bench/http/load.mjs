// The load: keeps CONNECTIONS connections busy for SECONDS and for AT LEAST so many requests, each with one request at a time,
// and reads every answer. Reads { port, connections, seconds, atLeast, requests } from standard input (requests are whole
// HTTP messages in base64, sent in turn) and prints { requests, seconds, failed, p50, p99 } (milliseconds). Bounded: what does not answer for 20 s fails.
import { connect } from 'node:net'
import { json } from 'node:stream/consumers'

const { port, connections, seconds, atLeast, requests } = await json(process.stdin)
const messages = requests.map((text) => Buffer.from(text, 'base64'))
const HEAD_END = Buffer.from('\r\n\r\n')
const OK = Buffer.from('HTTP/1.1 200 ')
const ERRORS = Buffer.from('"errors"')
const CLOSE = Buffer.from('\r\nConnection: close\r\n')
const LAST_CHUNK = Buffer.from('\r\n0\r\n\r\n')

const latencies = []
let failed = 0
let next = 0
const start = performance.now()
const end = start + seconds * 1000

await Promise.all(Array.from({ length: connections }, run))
const elapsed = (performance.now() - start) / 1000
latencies.sort((a, b) => a - b)
const quantile = (q) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))] ?? 0
const result = { requests: latencies.length, seconds: elapsed, failed, p50: quantile(0.5), p99: quantile(0.99) }
process.stdout.write(`${JSON.stringify(result)}\n`)

function run() {
  return new Promise((resolve, reject) => {
    let socket
    let received
    let sentAt = 0
    open()

    /** Servers that end a connection with the answer get a new one for the next request. */
    function open() {
      received = Buffer.alloc(0)
      const opened = connect(port, '127.0.0.1', send).setNoDelay(true).setTimeout(20_000)
      opened.on('data', receive)
      opened.on('timeout', () => opened.destroy(new Error('no answer for 20 s')))
      opened.on('close', () => opened === socket && reject(new Error('the server closed a connection')))
      opened.on('error', reject)
      socket = opened
    }
    function send() {
      sentAt = performance.now()
      if (sentAt >= end && next >= atLeast) {
        socket.end()
        resolve()
        return
      }
      socket.write(messages[next++ % messages.length])
    }
    function receive(bytes) {
      received = received.length === 0 ? bytes : Buffer.concat([received, bytes])
      if (!isWhole(received)) return
      latencies.push(performance.now() - sentAt)
      if (!received.subarray(0, 13).equals(OK) || received.includes(ERRORS)) failed++
      if (received.indexOf(CLOSE) >= 0) {
        const last = socket
        open()
        last.destroy()
      } else {
        received = Buffer.alloc(0)
        send()
      }
    }
  })
}

function isWhole(bytes) {
  const headLength = bytes.indexOf(HEAD_END)
  if (headLength < 0) return false
  const head = bytes.latin1Slice(0, headLength)
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1]
  if (length === undefined) return bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
  return bytes.length >= headLength + 4 + Number(length)
}
