const SIGN_IN = 'mutation SignIn($input: SignInInput!) { signIn(input: $input) { passwordChangeRequired } }'
const CHANGE_PASSWORD = 'mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { changed } }'

export interface GraphqlAnswer {
  readonly data?: unknown
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[]
}

/** GraphiQL in one browser: it asks from a page of the server, and the session is in a cookie. */
export class Browser {
  readonly #address: string
  readonly #cookies = new Map<string, string>()

  constructor(address: string) {
    this.#address = address
  }

  async signIn(input: { account?: string; userName?: string; rootEmail?: string; password: string }): Promise<void> {
    const { errors, data } = await this.ask(SIGN_IN, { input })
    if (errors) throw new Error(`sign-in as ${input.userName ?? input.rootEmail}: ${errors[0]?.message}`)
    if (JSON.stringify(data).includes('"passwordChangeRequired":true')) await this.#choosePassword(input.password)
  }

  /** The printed password of root is good for nothing but this. */
  async #choosePassword(oldPassword: string): Promise<void> {
    const { errors } = await this.ask(CHANGE_PASSWORD, { input: { oldPassword, newPassword: `${oldPassword}-2` } })
    if (errors) throw new Error(`change of the password: ${errors[0]?.message}`)
  }

  async ask(query: string, variables = {}): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.#address}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        origin: this.#address,
        'sec-fetch-site': 'same-origin',
        cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ query, variables }),
    })
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie)
    const answer: GraphqlAnswer = await response.json()
    return answer
  }

  #keep(cookie: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (value === '') this.#cookies.delete(name)
    else this.#cookies.set(name, value)
  }
}
