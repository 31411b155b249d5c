export declare const SLOW_TESTS: readonly { readonly files: string; readonly why: string }[]
