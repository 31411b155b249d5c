import { NEVER, type Operator } from './operator.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of a base64 text (RFC 4648 §4, padding optional) as a string of one character each, or undefined. */
function decodeBase64(text: string): string | undefined {
  let end = text.length
  while (end > 0 && text.length - end < 2 && text[end - 1] === '=') end--
  if (end % 4 === 1 || (end < text.length && text.length % 4 !== 0)) return undefined
  const bytes: string[] = []
  let bits = 0
  let held = 0
  for (let i = 0; i < end; i++) {
    const six = ALPHABET.indexOf(text[i]!)
    if (six < 0) return undefined
    held = ((held << 6) | six) & 0xffff
    bits += 6
    if (bits >= 8) {
      bits -= 8
      bytes.push(String.fromCharCode((held >> bits) & 0xff))
    }
  }
  return bytes.join('')
}

export const binaryOperators: readonly Operator[] = [
  {
    name: 'BinaryEquals',
    negated: false,
    variables: false,
    wildcards: false,
    compare: ({ text }) => {
      const wanted = decodeBase64(text)
      return wanted === undefined ? NEVER : (value) => decodeBase64(value) === wanted
    },
  },
]
