const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const lower = 'abcdefghijkmnopqrstuvwxyz'
const digits = '23456789'
/** Symbols that need no quoting in a shell, a .env file or a URL. */
const symbols = '-_=+@'
/** No letters and digits that look alike, since a person may copy it from a terminal. */
const alphabet = upper + lower + digits + symbols
const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[-_=+@]/]

/** 24 characters of 62: 142 bits. */
const length = 24

/**
 * A random password that has all four classes of characters.
 *
 * @param random that many random bytes, from a cryptographic source
 */
export function generatePassword(random: (size: number) => Uint8Array): string {
  for (;;) {
    const password = randomCharacters(random)
    // Drawn again as a whole: placing a character of each class by hand would make some passwords likelier.
    if (classes.every((one) => one.test(password))) return password
  }
}

function randomCharacters(random: (size: number) => Uint8Array): string {
  // Bytes at and above the largest multiple of the alphabet's size are thrown away: a remainder alone would be biased.
  const limit = 256 - (256 % alphabet.length)
  let out = ''
  while (out.length < length)
    for (const byte of random(length)) if (byte < limit && out.length < length) out += alphabet[byte % alphabet.length]
  return out
}
