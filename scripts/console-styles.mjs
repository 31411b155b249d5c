// What the styles of Cloudscape become in the console.

/** A name of a design token: what it is for, and a hash that tells it from all others. */
const TOKEN = /--(?!awsui-)[a-z][a-z0-9-]*-([a-z0-9]{6})(?![\w-])/g

/**
 * A plugin of Vite. Tokens are called by their hash alone: their names are a sixth of all that the styles of a page weigh, after
 * compression.
 */
export function shortTokens() {
  const names = new Map()
  return {
    name: 'latchkey:short-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!/@cloudscape-design[\\/](?:components|code-view)[\\/]/.test(id) || !/\.(?:js|css)$/.test(id)) return null
      return code.replaceAll(TOKEN, (name, hash) => {
        if ((names.get(hash) ?? name) !== name)
          throw new Error(`two tokens of Cloudscape end alike: ${name}, ${names.get(hash)}`)
        names.set(hash, name)
        return `--${hash}`
      })
    },
    buildEnd(error) {
      if (error === undefined && names.size === 0)
        throw new Error('the tokens of Cloudscape are not named as they were')
    },
  }
}

const FONT = /url\(["']?data:font\/woff2;base64,([A-Za-z0-9+/=]+)["']?\)/g

/**
 * A plugin of Vite. The typeface comes as eight fonts inside of the styles; here each is a file, of which a page loads those that it
 * shows. A page never changes its typeface, nor with it the place of everything, once it is shown: fonts that come late are for the
 * next page. So the two that every page shows are asked for first.
 */
export function fontFiles() {
  /** @type {string[]} */
  let first = []
  return {
    name: 'latchkey:font-files',
    enforce: 'pre',
    generateBundle(_options, bundle) {
      for (const asset of Object.values(bundle)) {
        if (asset.type !== 'asset' || !asset.fileName.endsWith('.css')) continue
        asset.source = String(asset.source).replaceAll(/@font-face\s*\{[^}]*\}/g, (face) => {
          const weight = /font-weight:\s*(\w+)/.exec(face)?.[1]
          const style = /font-style:\s*(\w+)/.exec(face)?.[1]
          const own = face.replace(FONT, (_, encoded) => {
            const source = Buffer.from(encoded, 'base64')
            const reference = this.emitFile({ type: 'asset', name: `open-sans-${weight}-${style}.woff2`, source })
            const address = `/${this.getFileName(reference)}`
            if (style === 'normal' && FIRST_WEIGHTS.has(weight)) first.push(address)
            return `url(${address})`
          })
          return own.replace('{', '{font-display:optional;')
        })
      }
      if (first.length !== FIRST_WEIGHTS.size) throw new Error('the fonts of Cloudscape are not where they were')
    },
    transformIndexHtml: {
      order: 'post',
      handler: () =>
        first.map((href) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href },
          injectTo: 'head',
        })),
    },
  }
}

/** Minified, 400 and 700 may be words. */
const FIRST_WEIGHTS = new Set(['400', '700'])
