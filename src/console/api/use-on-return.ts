import { useEffect } from 'react'

/** Asks again when the person comes back to the page from another tab or window, where something may have been changed. */
export function useOnReturn(reload: () => void): void {
  useEffect(() => {
    const returned = () => {
      if (document.visibilityState === 'visible') reload()
    }
    document.addEventListener('visibilitychange', returned)
    addEventListener('focus', returned)
    return () => {
      document.removeEventListener('visibilitychange', returned)
      removeEventListener('focus', returned)
    }
  }, [reload])
}
