import { X509Certificate } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { TLS_VERSIONS, type TlsPair } from './http/http-server.ts'
import { assertPrivateKey, OpenToOthersError } from './store/private-files.ts'
import type { StoreLog } from './store/store-log.ts'

/** Absolute paths of PEM files. */
export interface TlsFiles {
  /** The certificate, and after it those of the authorities in between. */
  readonly cert: string
  readonly key: string
}

/** A certificate or a key that cannot be used. One line for the operator; never holds what is in the files. */
export class TlsFilesError extends Error {
  override readonly name = 'TlsFilesError'
}

export interface OpenedTlsFiles {
  readonly pair: TlsPair
  /** Looks at the files from now on, and tells of each new pair that is good. */
  follow(use: (pair: TlsPair) => void): void
  /** Looks at once. Never throws. */
  look(): void
  close(): void
}

/** As soon as that a renewed certificate is in use. Watching would miss what happens behind links, as Kubernetes and certbot have it. */
const LOOK_EVERY_MS = 10_000

/**
 * Reads the pair and follows the files. A new pair that is no good, such as half of one while the other half is still being written,
 * is told of in one line, and the old one stays. Throws TlsFilesError and OpenToOthersError when the first pair is no good.
 */
export function openTlsFiles(files: TlsFiles, log: StoreLog, everyMs = LOOK_EVERY_MS): OpenedTlsFiles {
  let seen = marksOf(files)
  const pair = readTlsPair(files)
  let use: ((pair: TlsPair) => void) | undefined
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    const marks = marksOf(files)
    if (marks === seen) return
    seen = marks
    try {
      const renewed = readTlsPair(files)
      use?.(renewed)
      log.info(describe(renewed), 'the certificate was exchanged')
    } catch (error) {
      if (!(error instanceof TlsFilesError || error instanceof OpenToOthersError)) throw error
      log.warn({ reason: error.message }, 'the new certificate cannot be used, the old one stays')
    }
  }

  return {
    pair,
    look,
    follow(given) {
      use = given
      timer ??= setInterval(look, everyMs).unref()
    },
    close: () => clearInterval(timer),
  }
}

/** What changes when a file is written, moved into place, or the link to it is turned. */
function marksOf({ cert, key }: TlsFiles): string {
  return [cert, key].map(markOf).join()
}

function markOf(file: string): string {
  try {
    const { dev, ino, size, mtimeMs, mode } = statSync(file)
    return `${dev} ${ino} ${size} ${mtimeMs} ${mode}`
  } catch {
    return 'none'
  }
}

/** Throws TlsFilesError and OpenToOthersError when the pair cannot be used now. */
export function readTlsPair(files: TlsFiles): TlsPair {
  assertPrivateKey(files.key)
  const pair = { cert: textOf('LATCHKEY_TLS_CERT', files.cert), key: textOf('LATCHKEY_TLS_KEY', files.key) }
  const { validTo, matches } = certificateOf(pair, files)
  if (!matches)
    throw new TlsFilesError(
      `The key in LATCHKEY_TLS_KEY=${files.key} is not that of the certificate in LATCHKEY_TLS_CERT=${files.cert}: give both files of one pair.`,
    )
  if (validTo < new Date())
    throw new TlsFilesError(
      `The certificate in LATCHKEY_TLS_CERT=${files.cert} has expired on ${validTo.toISOString()}: renew it.`,
    )
  return pair
}

function textOf(variable: string, file: string): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
    throw new TlsFilesError(`${variable}=${file} cannot be read (${code}): give the path of a file of this user.`)
  }
}

/** OpenSSL's own words stay out of it: they may quote, and help nobody. */
function certificateOf({ cert, key }: TlsPair, files: TlsFiles): { readonly validTo: Date; readonly matches: boolean } {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(cert)
  } catch {
    throw new TlsFilesError(`LATCHKEY_TLS_CERT=${files.cert} holds no certificate: give it in PEM.`)
  }
  const validTo = new Date(certificate.validTo)
  try {
    createSecureContext({ key })
  } catch {
    throw new TlsFilesError(
      `LATCHKEY_TLS_KEY=${files.key} holds no key, or one under a password: give it in PEM, without.`,
    )
  }
  try {
    createSecureContext({ ...TLS_VERSIONS, cert, key })
    return { validTo, matches: true }
  } catch {
    return { validTo, matches: false }
  }
}

function describe({ cert }: TlsPair) {
  const { subject, validTo, fingerprint256 } = new X509Certificate(cert)
  return { subject, validTo: new Date(validTo).toISOString(), fingerprint256 }
}
