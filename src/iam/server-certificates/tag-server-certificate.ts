import { tagging } from '../tags/tagging.ts'
import { findServerCertificate } from './find-server-certificate.ts'

/** Tags of a server certificate, by name: keys that differ in case are two. */
export const [tagServerCertificate, untagServerCertificate] = tagging({
  kind: 'server-certificate',
  parameter: 'serverCertificateName',
  named: (serverCertificateName) => ({ serverCertificateName }),
  find: findServerCertificate,
  keyOf: ({ id }) => id,
})
