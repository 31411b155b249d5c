import type { ReactNode } from 'react'
import './plain.css'

interface NoticeProps {
  readonly type: 'error' | 'info' | 'warning'
  readonly header?: string
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** What has to be read; an error is also read out. */
export function Notice({ type, header, action, children }: NoticeProps) {
  return (
    <div className={`plain-notice plain-notice-${type}`} role={type === 'error' ? 'alert' : undefined}>
      <div>
        {header !== undefined && <div className="plain-label">{header}</div>}
        {children}
      </div>
      {action}
    </div>
  )
}
