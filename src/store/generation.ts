import type { Pool } from 'pg'
import type { OutageWatch } from './outage-watch.ts'

/**
 * Another number whenever the database may be another one than before: a connection was lost, or for a moment none was open, and
 * meanwhile a backup was restored in its place, or a replica took over. Epochs and ids that were seen before say nothing then.
 */
export function countGenerations(pool: Pool, watch: OutageWatch): () => number {
  let open = 0
  let begun = 0
  pool.on('connect', () => {
    if (open === 0) begun++
    open++
  })
  pool.on('remove', () => void open--)
  return () => begun + watch.timesAway()
}
