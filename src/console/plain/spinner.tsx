import './plain.css'

export function Spinner({ large = false }: { readonly large?: boolean }) {
  return <span aria-hidden="true" className={large ? 'plain-spinner plain-spinner-large' : 'plain-spinner'} />
}
