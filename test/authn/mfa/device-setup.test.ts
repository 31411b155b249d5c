import { inflateSync } from 'node:zlib'
import { generateSync } from 'otplib'
import { create } from 'qrcode'
import { expect, test } from 'vitest'
import { generateSeed, otpauthUri, qrCodePng, verifyTotp } from '../../../src/authn/mfa/index.ts'

test('a seed is 40 random bytes as 64 base32 characters that authenticators accept', () => {
  const seed = generateSeed((size) => Uint8Array.from({ length: size }, (_, index) => index * 7))
  expect(seed).toMatch(/^[A-Z2-7]{64}$/)
  expect(generateSeed((size) => new Uint8Array(size))).toBe('A'.repeat(64))
  const now = new Date('2025-01-02T03:04:05Z')
  const code = generateSync({ secret: seed, epoch: now.getTime() / 1000 })
  expect(verifyTotp({ seed, code, now, drift: 0, lastStep: null, window: 0 })).not.toBeNull()
})

test("the otpauth URI has IAM's exact form, names percent-encoded", () => {
  expect(otpauthUri({ name: 'Bob', account: '123456789012', seed: 'ABC' })).toBe(
    'otpauth://totp/Bob@123456789012?secret=ABC',
  )
  expect(otpauthUri({ name: 'a+b=c,d@e/f?g', account: 'my-alias', seed: 'ABC' })).toBe(
    'otpauth://totp/a%2Bb%3Dc%2Cd%40e%2Ff%3Fg@my-alias?secret=ABC',
  )
})

test('the PNG shows the QR code of the text', async () => {
  const text = otpauthUri({ name: 'Bob', account: '123456789012', seed: 'A'.repeat(64) })
  const png = readPng(Buffer.from(await qrCodePng(text), 'base64'))
  const { modules } = create(text, { errorCorrectionLevel: 'M' })
  const margin = 4
  const scale = png.width / (modules.size + 2 * margin)
  expect(Number.isInteger(scale)).toBe(true)
  for (let row = 0; row < modules.size; row++)
    for (let column = 0; column < modules.size; column++) {
      const dark = png.luminance((column + margin + 0.5) * scale, (row + margin + 0.5) * scale) < 128
      expect(dark).toBe(modules.get(row, column) === 1)
    }
})

/** Reads an 8-bit RGBA PNG (RFC 2083) far enough to look at its pixels. */
function readPng(bytes: Buffer) {
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\u0089PNG\r\n\u001a\n')
  const width = bytes.readUInt32BE(16)
  expect([bytes[24], bytes[25]]).toEqual([8, 6])
  const data: Buffer[] = []
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const rows = inflateSync(Buffer.concat(data))
  const stride = width * 4 + 1
  for (let row = 0; row * stride < rows.length; row++) unfilter(rows, row * stride, stride)
  const luminance = (x: number, y: number) => rows[Math.floor(y) * stride + 1 + Math.floor(x) * 4] ?? 0
  return { width, luminance }
}

/** Undoes a row's filter in place (RFC 2083 §6). */
function unfilter(rows: Buffer, start: number, stride: number): void {
  const filter = rows[start]
  for (let i = 1; i < stride; i++) {
    const left = i > 4 ? rows[start + i - 4]! : 0
    const up = start > 0 ? rows[start + i - stride]! : 0
    const corner = i > 4 && start > 0 ? rows[start + i - stride - 4]! : 0
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter ?? 0] ?? 0
    rows[start + i] = (rows[start + i]! + predicted) & 255
  }
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
