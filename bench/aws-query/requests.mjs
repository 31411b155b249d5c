// The requests that are sent: ListAccessKeys of one user after the other, signed, as whole HTTP messages.
import { createSigningFetch } from '../../dist/client/index.js'
import { USERS, userName } from '../http/seed.mjs'

const HEADERS = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8', 'user-agent': 'latchkey-bench' }
const KEY = String.raw`<AccessKeyId>AKIA[A-Z0-9]{16}</AccessKeyId>`
const EXPECTED = new RegExp(
  String.raw`<ListAccessKeysResult><AccessKeyMetadata>(?:.*${KEY}){2}.*</AccessKeyMetadata>`,
  's',
)

const bodies = ({ users = USERS }) =>
  // Every name once, not in the order in which the rows lie.
  Array.from(
    { length: users },
    (_, i) => `Action=ListAccessKeys&Version=2010-05-08&UserName=${userName(((i * 7919) % users) + 1)}`,
  )

function signer({ port, caller: { accessKeyId, secretAccessKey } }) {
  let signed
  const keepHeaders = async (_url, { headers }) => {
    signed = Object.fromEntries(headers)
    return new Response()
  }
  const sign = createSigningFetch({ accessKeyId, secretAccessKey, fetch: keepHeaders })
  return async (body) => {
    await sign(`http://127.0.0.1:${port}/`, { method: 'POST', headers: HEADERS, body })
    return signed
  }
}

/** HTTP messages in base64. Signatures are good for a quarter of an hour, so these are made right before they are sent. */
export async function messages(target) {
  const headersFor = signer(target)
  const texts = []
  for (const body of bodies(target)) {
    const headers = {
      host: `127.0.0.1:${target.port}`,
      ...(await headersFor(body)),
      'content-length': Buffer.byteLength(body),
    }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    texts.push(Buffer.from(`POST / HTTP/1.1\r\n${lines.join('')}\r\n${body}`).toString('base64'))
  }
  return texts
}

/** Sends a few of the requests and looks at the answers: what is wrong is not worth timing. */
export async function checkAnswers(target) {
  const headersFor = signer(target)
  const all = bodies(target)
  for (const body of [all[0], all.at(-1)]) {
    const url = `http://127.0.0.1:${target.port}/`
    const response = await fetch(url, { method: 'POST', headers: await headersFor(body), body })
    const text = await response.text()
    if (response.status !== 200 || !EXPECTED.test(text)) {
      throw new Error(`${target.title} answers ${response.status}: ${text.slice(0, 400)}`)
    }
  }
}
