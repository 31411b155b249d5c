import type { ReactNode } from 'react'
import './plain.css'

interface FormProps {
  readonly onSubmit: () => unknown
  readonly children: ReactNode
  /** Buttons at the end. */
  readonly actions?: ReactNode
}

/** Fields below each other. It is never sent by the browser itself. */
export function Form({ onSubmit, children, actions }: FormProps) {
  return (
    <form
      className="plain plain-stack"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
      {actions !== undefined && <div className="plain-actions">{actions}</div>}
    </form>
  )
}
