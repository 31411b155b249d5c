import type { Worker } from 'node:cluster'

/**
 * Deals out again what a worker was given and did not take, because it was killed at that moment. Node waits for its answer without
 * end, and the client with it: the primary still holds the connection. What is done here is what that answer would do, after Node has
 * taken the worker off its list.
 */
export function dealAgain(worker: Worker): void {
  const undelivered = new Set<number>()
  const { process: child } = worker
  const send = child.send.bind(child)

  child.send = (...given: [unknown, ...unknown[]]): boolean => {
    const number = numberOf(given[0], 'newconn')
    if (number !== null) undelivered.add(number)
    return Reflect.apply(send, child, given)
  }
  child.on('internalMessage', (message: unknown) => {
    if (typeof message === 'object' && message !== null && 'ack' in message) undelivered.delete(Number(message.ack))
  })
  for (const event of ['disconnect', 'exit'] as const)
    worker.on(event, () => {
      for (const ack of undelivered) child.emit('internalMessage', { cmd: 'NODE_CLUSTER', ack, accepted: false })
      undelivered.clear()
    })
}

/** By which Node finds the answer to a message of this kind. */
function numberOf(message: unknown, act: string): number | null {
  if (typeof message !== 'object' || message === null || !('act' in message) || !('seq' in message)) return null
  return message.act === act && typeof message.seq === 'number' ? message.seq : null
}
