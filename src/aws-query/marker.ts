import { IamError } from '../iam/errors.ts'

/** Where the next page of an action's list begins: opaque to callers, and good for that action only. */
export function marker(action: string, cursor: string): string {
  return Buffer.from(JSON.stringify([action, cursor])).toString('base64url')
}

/** The cursor in a marker. Throws ValidationError `Invalid Marker.` for what is no marker of this action. */
export function cursorOf(action: string, text: string): string {
  const [of, cursor]: readonly unknown[] = decoded(text)
  if (of !== action || typeof cursor !== 'string') throw new IamError('ValidationError', 'Invalid Marker.')
  return cursor
}

function decoded(text: string): readonly unknown[] {
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return Array.isArray(place) ? place : []
  } catch {
    return []
  }
}
