import { ApiError, UNREACHABLE } from './api/api-error.ts'
import { untilAnswered } from './api/outage.ts'

const STORED = 'latchkey.started-anew'
/** A page that could not load its files so soon after it started anew would not get them by starting again. */
const AGAIN_AFTER_MS = 60_000

/**
 * A page that was open while the server was updated asks for files that are gone: it starts anew, once, at the address that
 * somebody is on the way to, or where it is when that is null. While the server is away it waits: the browser would have nothing
 * to show but an error of its own.
 */
export function startAnewWhenOutdated(onTheWayTo: () => string | null): void {
  addEventListener('vite:preloadError', () => {
    if (Date.now() - Number(sessionStorage.getItem(STORED)) < AGAIN_AFTER_MS) return
    void startAnewAt(onTheWayTo() ?? here(), onTheWayTo)
  })
}

async function startAnewAt(address: string, onTheWayTo: () => string | null): Promise<void> {
  await untilAnswered(pageIsThere)
  // Who went elsewhere meanwhile stays there.
  if ((onTheWayTo() ?? here()) !== address) return
  sessionStorage.setItem(STORED, String(Date.now()))
  if (here() === address) location.reload()
  else location.assign(address)
}

function here(): string {
  return location.pathname + location.search + location.hash
}

async function pageIsThere(): Promise<void> {
  const response = await fetch('/', { method: 'HEAD', headers: { accept: 'text/html' }, cache: 'no-store' }).catch(
    () => null,
  )
  if (!response?.ok) throw new ApiError({ code: UNREACHABLE, message: 'The server does not answer.' })
}
