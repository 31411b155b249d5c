import { applyMode, Mode } from '@cloudscape-design/global-styles'
import { useSyncExternalStore } from 'react'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const STORED = 'latchkey.theme'
const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()
let theme: Theme = THEMES.find((known) => known === localStorage.getItem(STORED)) ?? 'system'

function apply(): void {
  const dark = theme === 'dark' || (theme === 'system' && systemIsDark.matches)
  applyMode(dark ? Mode.Dark : Mode.Light)
  // Scroll bars and the browser's own fields follow this one.
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light'
}

/** Shows the chosen theme from the first picture on, and follows the system where that was chosen. */
export function startTheme(): void {
  apply()
  systemIsDark.addEventListener('change', apply)
}

export function setTheme(next: Theme): void {
  localStorage.setItem(STORED, next)
  theme = next
  apply()
  for (const listener of listeners) listener()
}

export function useTheme(): Theme {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => theme,
  )
}
