import {
  createContext,
  type Dispatch,
  type ReactNode,
  type SetStateAction,
  useContext,
  useEffect,
  useState,
} from 'react'

export interface Breadcrumb {
  readonly text: string
  readonly href: string
}

const NONE: readonly Breadcrumb[] = []
const Current = createContext<readonly Breadcrumb[]>(NONE)
const SetCurrent = createContext<Dispatch<SetStateAction<readonly Breadcrumb[]>>>(() => {})

export function BreadcrumbsProvider({ children }: { readonly children: ReactNode }) {
  const [current, setCurrent] = useState<readonly Breadcrumb[]>(NONE)
  return (
    <SetCurrent value={setCurrent}>
      <Current value={current}>{children}</Current>
    </SetCurrent>
  )
}

export function useBreadcrumbs(): readonly Breadcrumb[] {
  return useContext(Current)
}

/** Says where the page is, for as long as it is shown. */
export function useSetBreadcrumbs(path: readonly Breadcrumb[]): void {
  const setCurrent = useContext(SetCurrent)
  const key = JSON.stringify(path)
  useEffect(() => {
    const wanted: readonly Breadcrumb[] = JSON.parse(key)
    setCurrent(wanted)
    return () => setCurrent(NONE)
  }, [key, setCurrent])
}
