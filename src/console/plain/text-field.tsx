import { type InputHTMLAttributes, useId } from 'react'
import './plain.css'

type InputProps = Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'name' | 'type' | 'autoComplete' | 'autoFocus' | 'inputMode' | 'spellCheck'
>

interface TextFieldProps extends InputProps {
  readonly label: string
  readonly hint?: string
  /** Why the value will not do. */
  readonly fault?: string
  readonly value: string
  readonly onChange: (value: string) => void
}

/** One line of text with its label, and what is to be known about it. */
export function TextField({ label, hint, fault, value, onChange, ...input }: TextFieldProps) {
  const id = useId()
  const described = [fault !== undefined && `${id}-fault`, hint !== undefined && `${id}-hint`].filter(Boolean)
  return (
    <div>
      <label className="plain-label" htmlFor={id}>
        {label}
      </label>
      <input
        {...input}
        id={id}
        className="plain-input"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        aria-invalid={fault === undefined ? undefined : true}
        aria-describedby={described.join(' ') || undefined}
      />
      {fault !== undefined && (
        <div id={`${id}-fault`} role="alert" className="plain-fault">
          {fault}
        </div>
      )}
      {hint !== undefined && (
        <div id={`${id}-hint`} className="plain-quiet plain-hint">
          {hint}
        </div>
      )}
    </div>
  )
}
