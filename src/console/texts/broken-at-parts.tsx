import { Fragment } from 'react'

/** A path, an ARN or an action that goes on in the next line after one of its parts, where there is a choice. What is copied is the text alone. */
export function BrokenAtParts({ text }: { readonly text: string }) {
  const parts = text.split(/(?<=[^/:][/:]+)(?=[^/:])/)
  let at = 0
  return parts.map((part) => {
    const start = at
    at += part.length
    return (
      <Fragment key={start}>
        {start > 0 && <wbr />}
        {part}
      </Fragment>
    )
  })
}
