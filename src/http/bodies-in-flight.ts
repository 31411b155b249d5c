import type { FlightLimits } from './limits.ts'

/** The bytes that one body holds. */
export interface BodyShare {
  /** Counts bytes that came in. When there are too many, the largest body that is still coming in is cut off: perhaps this one. */
  take(bytes: number): void
  /** All has come in: it is not cut off any more, and counts until it is released. */
  complete(): void
  readonly release: () => void
}

export interface BodiesInFlight {
  /** @param cut called, at most once, when this body is the one that has to go */
  open(sender: string, cut: () => void): BodyShare
}

interface Share {
  readonly sender: string
  readonly cut: () => void
  bytes: number
  complete: boolean
}

/**
 * Bounds the memory that bodies take while they come in and are worked on. Nobody is turned away at the door for what others send:
 * over the limit it is the largest body that goes, so senders of ordinary requests get through while somebody fills the memory.
 */
export function createBodiesInFlight({ total, perSender }: FlightLimits): BodiesInFlight {
  const shares = new Set<Share>()
  const bySender = new Map<string, number>()
  let held = 0

  function count(sender: string, bytes: number): void {
    held += bytes
    const left = (bySender.get(sender) ?? 0) + bytes
    if (left === 0) bySender.delete(sender)
    else bySender.set(sender, left)
  }

  function release(share: Share): void {
    if (shares.delete(share)) count(share.sender, -share.bytes)
  }

  function largest(sender: string | null): Share | undefined {
    let found: Share | undefined
    for (const share of shares) {
      const eligible = !share.complete && (sender === null || share.sender === sender)
      if (eligible && share.bytes > (found?.bytes ?? 0)) found = share
    }
    return found
  }

  function makeRoom(sender: string): void {
    for (;;) {
      const ofSender = (bySender.get(sender) ?? 0) > perSender
      if (!ofSender && held <= total) return
      const share = largest(ofSender ? sender : null)
      if (share === undefined) return
      release(share)
      share.cut()
    }
  }

  return {
    open(sender, cut) {
      const share: Share = { sender, cut, bytes: 0, complete: false }
      shares.add(share)
      return {
        take(bytes) {
          if (!shares.has(share)) return
          share.bytes += bytes
          count(sender, bytes)
          makeRoom(sender)
        },
        complete() {
          share.complete = true
        },
        release: () => release(share),
      }
    },
  }
}
