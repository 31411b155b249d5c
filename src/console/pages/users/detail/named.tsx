import type { ComponentType } from 'react'
import { useParams } from 'react-router'

/** The page of the user in the address. Another user is another page: nothing that was typed for one is kept for the next. */
export function named(Page: ComponentType<{ readonly name: string }>): ComponentType {
  return function Named() {
    const { name = '' } = useParams()
    return <Page key={name} name={name} />
  }
}
