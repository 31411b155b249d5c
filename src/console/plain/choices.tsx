import { useId } from 'react'
import './plain.css'

interface Choice {
  readonly value: string
  readonly label: string
  readonly description: string
}

interface ChoicesProps {
  readonly label: string
  readonly value: string
  readonly choices: readonly Choice[]
  readonly onChange: (value: string) => void
}

/** One of a few. */
export function Choices({ label, value, choices, onChange }: ChoicesProps) {
  const id = useId()
  return (
    <fieldset className="plain-choices" role="radiogroup">
      <legend className="plain-label">{label}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className="plain-choice">
          <input
            type="radio"
            id={`${id}-${choice.value}`}
            name={id}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            aria-describedby={`${id}-${choice.value}-about`}
          />
          <label htmlFor={`${id}-${choice.value}`}>{choice.label}</label>
          <div id={`${id}-${choice.value}-about`} className="plain-quiet">
            {choice.description}
          </div>
        </div>
      ))}
    </fieldset>
  )
}
