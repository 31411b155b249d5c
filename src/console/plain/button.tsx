import type { ReactNode } from 'react'
import './plain.css'
import { Spinner } from './spinner.tsx'

interface ButtonProps {
  readonly children: ReactNode
  readonly variant?: 'primary' | 'normal' | 'link'
  /** Sends the form that it is in; without `onClick` it can do nothing else. */
  readonly submits?: boolean
  readonly wide?: boolean
  readonly loading?: boolean
  readonly disabled?: boolean
  readonly onClick?: () => void
}

/** It keeps the focus while it does nothing, so that the place is not lost to who cannot see it. */
export function Button({ children, variant = 'normal', submits, wide, loading, disabled, onClick }: ButtonProps) {
  const idle = Boolean(loading) || Boolean(disabled)
  const classes = ['plain-button', `plain-button-${variant}`, wide && 'plain-button-wide'].filter(Boolean)
  return (
    <button
      type={submits ? 'submit' : 'button'}
      className={classes.join(' ')}
      aria-disabled={idle || undefined}
      onClick={(event) => {
        if (idle) event.preventDefault()
        else onClick?.()
      }}
    >
      {loading && <Spinner />}
      {children}
    </button>
  )
}
