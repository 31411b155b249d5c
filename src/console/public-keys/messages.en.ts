export const en = {
  refresh: (title: string) => `Refresh: ${title}`,
  upload: 'Upload',
  uploadTo: (title: string) => `Upload: ${title}`,
  uploadTitle: (userName: string) => `Upload for ${userName}`,
  atQuota: (limit: number) => `There are ${limit} already. Delete one to upload another.`,
  actions: 'Actions',
  actionsFor: (id: string) => `Actions for ${id}`,
  status: 'Status',
  active: 'Active',
  inactive: 'Inactive',
  uploaded: 'Uploaded',
  subject: 'Subject',
  expires: 'Expires',
  activate: 'Activate',
  deactivate: 'Deactivate',
  delete: 'Delete',
  activated: (id: string) => `${id} is active.`,
  deactivated: (id: string) => `${id} is inactive.`,
  deleted: (id: string) => `${id} is deleted.`,
  deactivateTitle: (id: string) => `Deactivate ${id}?`,
  deleteTitle: (id: string) => `Delete ${id}?`,
  sshTitle: 'SSH public keys',
  sshDescription:
    'Public keys for systems that ask here whose key it is, such as Git servers. A user can have at most five, active or inactive.',
  sshNone: 'No SSH public keys',
  sshNoneHint: 'Upload the public half of a key pair. The private half stays with the user.',
  sshLabel: 'Public key',
  sshHint:
    'A line of OpenSSH (ssh-rsa with at least 2048 bits, ssh-ed25519 or ecdsa-sha2-nistp256, -nistp384, -nistp521), or a public key in PEM format.',
  sshUploaded: (id: string, fingerprint: string) => `SSH public key ${id} is uploaded. Its fingerprint: ${fingerprint}`,
  sshDeactivateText:
    'Systems that ask for the keys of the user are told that this one is inactive. You can activate it again.',
  sshDeleteText:
    'Systems that ask for the keys of the user no longer find this one. It cannot be brought back, only uploaded again.',
  certificatesTitle: 'Signing certificates',
  certificatesDescription:
    'X.509 certificates for systems that ask here whose certificate it is. A user can have at most two, active or inactive.',
  certificatesNone: 'No signing certificates',
  certificatesNoneHint:
    'Upload a certificate only for a system that asks for one. The private key stays with the user.',
  certificateLabel: 'Certificate',
  certificateHint: 'One certificate in PEM format that is valid now: RSA with at least 2048 bits, ECDSA or Ed25519.',
  certificateUploaded: (id: string) => `Signing certificate ${id} is uploaded.`,
  certificateDeactivateText:
    'Systems that ask for the certificates of the user are told that this one is inactive. You can activate it again.',
  certificateDeleteText:
    'Systems that ask for the certificates of the user no longer find this one. It cannot be brought back, only uploaded again.',
}
