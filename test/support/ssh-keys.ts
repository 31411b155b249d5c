/** Public keys that `ssh-keygen` made; nobody has kept the private ones. */
interface TestKey {
  /** As `ssh-keygen` writes it, with its comment. */
  readonly line: string
  /** As OpenSSL writes it (SubjectPublicKeyInfo); null where `ssh-keygen` cannot. */
  readonly pem: string | null
  /** As `ssh-keygen -E md5 -l` prints it. */
  readonly fingerprint: string
}

export const SSH_KEYS = {
  rsa: {
    line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCUIKTslJN6+FrUNuI7TvLDw4LCxmw16er4I0yYywy61C95ua3SXotEntEtYY1819AiVSgPAAYGzefHJCGhkRmCootS1L4qkUqvwh490mM0n530s+jC12bnbKe69h49vIZwGQTPQMcWARNDnKcG4fKZzaMaws+RZkF6/tJwuwQMoIoVLaJVfCa8yL+taJFp6kKA7IEbOH77/R0u5S1oaowwyp6Dl6e2siI7IRyb28HYazwt1Z5cYsxW2shbuGOSwLI2gz4J7nWsUqsQv3pJCdjWzXtbf56GNJBo8LMGQcx8a22qLq6JYeFjmZg3F7x2LSGvdohDsFUub5l6QfyA5wal rsa-2048@example.com',
    pem: '-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAlCCk7JSTevha1DbiO07y\nw8OCwsZsNenq+CNMmMsMutQvebmt0l6LRJ7RLWGNfNfQIlUoDwAGBs3nxyQhoZEZ\ngqKLUtS+KpFKr8IePdJjNJ+d9LPowtdm52ynuvYePbyGcBkEz0DHFgETQ5ynBuHy\nmc2jGsLPkWZBev7ScLsEDKCKFS2iVXwmvMi/rWiRaepCgOyBGzh++/0dLuUtaGqM\nMMqeg5entrIiOyEcm9vB2Gs8LdWeXGLMVtrIW7hjksCyNoM+Ce51rFKrEL96SQnY\n1s17W3+ehjSQaPCzBkHMfGttqi6uiWHhY5mYNxe8di0hr3aIQ7BVLm+ZekH8gOcG\npQIDAQAB\n-----END PUBLIC KEY-----\n',
    fingerprint: '0b:fe:ad:61:fb:19:25:17:4a:39:72:9d:c0:9b:db:6e',
  },
  ed25519: {
    line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILWl0PcOKTnp+tut1f35E1zsr1khkf/RNB2tP8K1HmSI ed25519-0@example.com',
    pem: null,
    fingerprint: '49:94:b3:7d:97:33:5c:2a:69:79:8f:b8:ee:b0:7d:06',
  },
  p256: {
    line: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBGq9ubKjd5Z7iZhRPVMqlpb+aVb+CY4bXe5ihlg0SD7mEY14VHybXcYrURZ2AOV8QAXY0uH4dsT163/CTst0DkI= ecdsa-256@example.com',
    pem: '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEar25sqN3lnuJmFE9UyqWlv5pVv4J\njhtd7mKGWDRIPuYRjXhUfJtdxitRFnYA5XxABdjS4fh2xPXrf8JOy3QOQg==\n-----END PUBLIC KEY-----\n',
    fingerprint: 'bc:a5:e9:03:9e:dc:4e:28:a9:c8:46:37:31:6b:54:20',
  },
  p384: {
    line: 'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBGRZaxHvqA4RQklSQJKzBHUUF/3USAWVjvkXKGip33k6Mtth86I07BFkTIw7/FcfLV1J3tb2cJ+UILX1EJO9zeyD3EnJgY8ocjyIOM6bLNB2/fONt3P307ie9neven51Yg== ecdsa-384@example.com',
    pem: '-----BEGIN PUBLIC KEY-----\nMHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEZFlrEe+oDhFCSVJAkrMEdRQX/dRIBZWO\n+RcoaKnfeToy22HzojTsEWRMjDv8Vx8tXUne1vZwn5QgtfUQk73N7IPcScmBjyhy\nPIg4zpss0Hb98423c/fTuJ72d696fnVi\n-----END PUBLIC KEY-----\n',
    fingerprint: '78:2c:e1:eb:52:f7:8a:1d:c0:9b:63:4c:a1:b0:35:5d',
  },
  p521: {
    line: 'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAD703+92xCJLMBG9QxGm1dS6D4067JbiMhV2U9ioIu+PvgzaicE37IkDG4epLJ0Y6U6zKhEKhjM2e2wHa3umSfXWgEN14SrtUcijTVbTFbSYr3qLjXaDvrl9XyESnyJlbIVMzt3srobP811MQ3kiZ8pfkIZQTChpUYGBpLueanVyEUcsw== ecdsa-521@example.com',
    pem: '-----BEGIN PUBLIC KEY-----\nMIGbMBAGByqGSM49AgEGBSuBBAAjA4GGAAQA+9N/vdsQiSzARvUMRptXUug+NOuy\nW4jIVdlPYqCLvj74M2onBN+yJAxuHqSydGOlOsyoRCoYzNntsB2t7pkn11oBDdeE\nq7VHIo01W0xW0mK96i412g765fV8hEp8iZWyFTM7d7K6Gz/NdTEN5ImfKX5CGUEw\noaVGBgaS7nmp1chFHLM=\n-----END PUBLIC KEY-----\n',
    fingerprint: 'ee:a1:24:06:64:9b:82:1b:9d:8f:a2:21:2a:5a:2d:7c',
  },
} as const satisfies Readonly<Record<string, TestKey>>

/** The RSA key as PKCS #1. */
export const RSA_PKCS1 =
  '-----BEGIN RSA PUBLIC KEY-----\nMIIBCgKCAQEAlCCk7JSTevha1DbiO07yw8OCwsZsNenq+CNMmMsMutQvebmt0l6L\nRJ7RLWGNfNfQIlUoDwAGBs3nxyQhoZEZgqKLUtS+KpFKr8IePdJjNJ+d9LPowtdm\n52ynuvYePbyGcBkEz0DHFgETQ5ynBuHymc2jGsLPkWZBev7ScLsEDKCKFS2iVXwm\nvMi/rWiRaepCgOyBGzh++/0dLuUtaGqMMMqeg5entrIiOyEcm9vB2Gs8LdWeXGLM\nVtrIW7hjksCyNoM+Ce51rFKrEL96SQnY1s17W3+ehjSQaPCzBkHMfGttqi6uiWHh\nY5mYNxe8di0hr3aIQ7BVLm+ZekH8gOcGpQIDAQAB\n-----END RSA PUBLIC KEY-----\n'

/** What must not be taken: too short, and of an algorithm that nobody uses any more. */
export const SHORT_RSA =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQCodekIMdC8MuZy6y762T3PgKRJ3YH2hMqLZYWW8APsrDQIGoC4Wm63MOpUGpMvrQBQ67jUZhnnSL+K1YMQBm9zF16BpZLoEudh+nqa9rdlQJpcDRsbTaaoeKKVl2kkSrYHaaP/bOjThAo2utJy56QX2gcDgpIl9DAXOeDbPp7pkw== rsa-1024@example.com'
export const DSA =
  'ssh-dss AAAAB3NzaC1kc3MAAACBAPSWYuxiDr88lhxCFrv3V9dbwB+aGbpNvfUhiVdzJauBws4d5QGOQnusjCxHNsB00j72YpM4qPWBg2FJBJCBCkzpJQqdWhAw77b9J09ttO8LNGzkWciGMXTcXsDF74Crt9Nx59neQyoQxI1G1UBj9mMrI/OEyEakNB9plj9vkV7BAAAAFQD64M08XY2BY+MaJhPlJ24jAZHXjQAAAIEAufekUYvhflRAhVjwfDov1liI8PwJlB98BWyFadYiM9fGDB8dSF0/mbRaUFuoEOkGsNYJTls76WYqTGPIE9+eqOW9AjK7Qf2eT+0xksK1FZo9aHPjmcF5Oj657Hc3Yvsx6VG2hwdgsqS6BfbeVKu1TA4r6UihpV8U7kPhcyv+E0UAAACAXRhXqVkRNUZT08U3HSlf6/eZc+CucHSLo9quiLK4THyQXtneqk9xtynbe3FvshKxD+YBcLxbVpjRQNfMnGZFzQxYPqUK/oPP977/HaGvxAix1NJnQ1xpZhlHcTJvI4xJxUa8rSz3MeU5isq0uCHd7DfOUTmOpUSfaifA7AhrBKw= dsa'
