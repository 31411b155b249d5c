const STORED = 'latchkey.started-anew'
/** A page that could not load its files so soon after it started anew would not get them by starting again. */
const AGAIN_AFTER_MS = 60_000

/**
 * A page that was open while the server was updated asks for files that are gone: it starts anew, once, at the address that
 * somebody is on the way to, or where it is when that is null.
 */
export function startAnewWhenOutdated(onTheWayTo: () => string | null): void {
  addEventListener('vite:preloadError', () => {
    if (Date.now() - Number(sessionStorage.getItem(STORED)) < AGAIN_AFTER_MS) return
    sessionStorage.setItem(STORED, String(Date.now()))
    const address = onTheWayTo()
    if (address === null) location.reload()
    else location.assign(address)
  })
}
