import type { Translation } from '../language/language.ts'
import type { en } from './messages.en.ts'

export const ko: Translation<typeof en> = {
  refresh: (title) => `새로 고침: ${title}`,
  upload: '업로드',
  uploadTo: (title) => `업로드: ${title}`,
  uploadTitle: (userName) => `${userName}에 업로드`,
  atQuota: (limit) => `이미 ${limit}개가 있습니다. 다른 항목을 업로드하려면 하나를 삭제하세요.`,
  actions: '작업',
  actionsFor: (id) => `${id}에 대한 작업`,
  status: '상태',
  active: '활성',
  inactive: '비활성',
  uploaded: '업로드됨',
  subject: '주체',
  expires: '만료',
  activate: '활성화',
  deactivate: '비활성화',
  delete: '삭제',
  activated: (id) => `${id}이(가) 활성화되었습니다.`,
  deactivated: (id) => `${id}이(가) 비활성화되었습니다.`,
  deleted: (id) => `${id}이(가) 삭제되었습니다.`,
  deactivateTitle: (id) => `${id}을(를) 비활성화하시겠습니까?`,
  deleteTitle: (id) => `${id}을(를) 삭제하시겠습니까?`,
  sshTitle: 'SSH 퍼블릭 키',
  sshDescription:
    'Git 서버처럼 누구의 키인지 여기에 묻는 시스템을 위한 퍼블릭 키입니다. 사용자는 활성 또는 비활성 키를 최대 5개까지 가질 수 있습니다.',
  sshNone: 'SSH 퍼블릭 키 없음',
  sshNoneHint: '키 페어의 퍼블릭 키를 업로드하세요. 프라이빗 키는 사용자가 보관합니다.',
  sshLabel: '퍼블릭 키',
  sshHint:
    'OpenSSH 형식의 한 줄(2048비트 이상의 ssh-rsa, ssh-ed25519 또는 ecdsa-sha2-nistp256, -nistp384, -nistp521) 또는 PEM 형식의 퍼블릭 키입니다.',
  sshUploaded: (id, fingerprint) => `SSH 퍼블릭 키 ${id}이(가) 업로드되었습니다. 지문: ${fingerprint}`,
  sshDeactivateText: '사용자의 키를 묻는 시스템에 이 키가 비활성이라고 알립니다. 다시 활성화할 수 있습니다.',
  sshDeleteText: '사용자의 키를 묻는 시스템이 이 키를 더 이상 찾지 못합니다. 복구할 수 없으며 다시 업로드해야 합니다.',
  certificatesTitle: '서명 인증서',
  certificatesDescription:
    '누구의 인증서인지 여기에 묻는 시스템을 위한 X.509 인증서입니다. 사용자는 활성 또는 비활성 인증서를 최대 2개까지 가질 수 있습니다.',
  certificatesNone: '서명 인증서 없음',
  certificatesNoneHint: '인증서를 요구하는 시스템에만 업로드하세요. 프라이빗 키는 사용자가 보관합니다.',
  certificateLabel: '인증서',
  certificateHint: '현재 유효한 PEM 형식의 인증서 하나: 2048비트 이상의 RSA, ECDSA 또는 Ed25519.',
  certificateUploaded: (id) => `서명 인증서 ${id}이(가) 업로드되었습니다.`,
  certificateDeactivateText:
    '사용자의 인증서를 묻는 시스템에 이 인증서가 비활성이라고 알립니다. 다시 활성화할 수 있습니다.',
  certificateDeleteText:
    '사용자의 인증서를 묻는 시스템이 이 인증서를 더 이상 찾지 못합니다. 복구할 수 없으며 다시 업로드해야 합니다.',
}
