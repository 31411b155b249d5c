import type { MouseEvent, ReactNode } from 'react'
import './plain.css'

interface LinkProps {
  readonly children: ReactNode
  /** Without an address it is a button that looks like a link. */
  readonly href?: string
  readonly onFollow: () => void
}

/** Followed within the page; with a modifier the browser opens the address elsewhere. */
export function Link({ children, href, onFollow }: LinkProps) {
  if (href === undefined) {
    return (
      <button type="button" className="plain-link" onClick={onFollow}>
        {children}
      </button>
    )
  }
  const follow = (event: MouseEvent) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    onFollow()
  }
  return (
    <a className="plain-link" href={href} onClick={follow}>
      {children}
    </a>
  )
}
