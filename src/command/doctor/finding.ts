/** What one check found. */
export interface Finding {
  /** What was looked at: `configuration`, `files`, … */
  readonly check: string
  /** A problem keeps the server from working, now or soon; a warning is something to know about. */
  readonly level: 'ok' | 'warning' | 'problem'
  readonly message: string
  /** What to do; null when there is nothing to do. */
  readonly remedy: string | null
}

export function ok(check: string, message: string): Finding {
  return { check, level: 'ok', message, remedy: null }
}

export function warning(check: string, message: string, remedy: string): Finding {
  return { check, level: 'warning', message, remedy }
}

export function problem(check: string, message: string, remedy: string): Finding {
  return { check, level: 'problem', message, remedy }
}

/** `fine` when nothing else was found. */
export function orFine(found: readonly Finding[], fine: Finding): readonly Finding[] {
  return found.length > 0 ? found : [fine]
}
