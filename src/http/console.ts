import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { answer } from './answer.ts'
import { type Exchange, type Step, wantsPage } from './exchange.ts'

/** Only what this origin serves, nothing inline, and no form that a browser would send by itself. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** Best first: the coding's name, and how the build names the compressed file. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

interface StaticFile {
  readonly type: string
  readonly etag: string
  readonly identity: Buffer
  readonly br?: Buffer
  readonly gzip?: Buffer
}

/** The built console, in memory. */
export interface ConsoleFiles {
  readonly index: StaticFile
  /** By address: `/assets/…`. Each has the hash of its content in its name. */
  readonly assets: ReadonlyMap<string, StaticFile>
  /** First segments of the addresses that are the console's: `users` stands for `/users` and all below it. */
  readonly pages: ReadonlySet<string>
}

/** Reads what the build left in a folder; null when the console was not built. */
export function readConsole(folder: string): ConsoleFiles | null {
  if (!existsSync(path.join(folder, 'pages.json'))) return null
  const pages: readonly string[] = JSON.parse(readFileSync(path.join(folder, 'pages.json'), 'utf8'))
  const assets = readdirSync(path.join(folder, 'assets')).filter((name) => path.extname(name) in TYPES)
  return {
    index: readStaticFile(path.join(folder, 'index.html')),
    assets: new Map(assets.map((name) => [`/assets/${name}`, readStaticFile(path.join(folder, 'assets', name))])),
    pages: new Set(pages),
  }
}

/**
 * The console for people with a browser. Its addresses all answer with the same page, which finds its way by itself; whatever
 * is no address of the console is left to the next step.
 */
export function consolePages(files: ConsoleFiles | null): Step {
  return (exchange) => {
    const { method } = exchange.request
    if (files === null || (method !== 'GET' && method !== 'HEAD')) return
    const asset = files.assets.get(exchange.path)
    if (asset) send(exchange, asset, { 'cache-control': 'public, max-age=31536000, immutable' })
    // Not stored: the page names the files of this very build, and must not come back from a cache after a sign-out.
    else if (isPage(exchange, files)) {
      const headers = { 'cache-control': 'no-store', 'content-security-policy': CONTENT_SECURITY_POLICY }
      send(exchange, files.index, headers)
    }
  }
}

/** A presigned request is a GET of `/` with a query, and none of ours. */
function isPage(exchange: Exchange, { pages }: ConsoleFiles): boolean {
  if (!wantsPage(exchange)) return false
  if (exchange.path === '/') return !(exchange.request.url ?? '').includes('?')
  return pages.has(exchange.path.split('/')[1] ?? '')
}

function send(exchange: Exchange, file: StaticFile, headers: Readonly<Record<string, string>>): void {
  const shared = { ...headers, etag: file.etag, vary: 'accept, accept-encoding, origin' }
  const { 'if-none-match': known, 'accept-encoding': accepted = '' } = exchange.request.headers
  if (known === file.etag) return answer(exchange, 304, shared)
  const [coding] = CODINGS.find(([name]) => file[name] && new RegExp(`\\b${name}\\b`).test(accepted)) ?? []
  const type = { ...shared, 'content-type': file.type }
  const compressed = coding && file[coding]
  if (compressed) answer(exchange, 200, { ...type, 'content-encoding': coding }, compressed)
  else answer(exchange, 200, type, file.identity)
}

function readStaticFile(file: string): StaticFile {
  const identity = readFileSync(file)
  const compressed = CODINGS.filter(([, extension]) => existsSync(file + extension))
  return {
    type: TYPES[path.extname(file)] ?? 'application/octet-stream',
    etag: `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`,
    identity,
    ...Object.fromEntries(compressed.map(([name, extension]) => [name, readFileSync(file + extension)])),
  }
}
