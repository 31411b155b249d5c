/** Paths of PEM files. */
export interface TlsFiles {
  /** The certificate, and after it those of the authorities in between. */
  readonly cert: string
  readonly key: string
}
