const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/**
 * Where an answer is not what the text shows: each difference as a line. The fields and their values are compared, ids of
 * decisions and requests only as such.
 */
export function differences(shown: unknown, answered: unknown, at = 'answer'): string[] {
  if (isRecord(shown) && isRecord(answered)) {
    const names = new Set([...Object.keys(shown), ...Object.keys(answered)])
    return [...names].flatMap((name) => differences(shown[name], answered[name], `${at}.${name}`))
  }
  const [expected, actual] = [shown, answered].map((value) => JSON.stringify(value)?.replace(UUID, '<uuid>'))
  return expected === actual ? [] : [`${at}: the text shows ${expected}, the server answered ${actual}`]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
