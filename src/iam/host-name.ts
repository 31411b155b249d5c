/** RFC 1123 §2.1, in small letters: labels of at most 63 characters, of which the last is not a number; two of them, so that no word is one by accident. */
export const HOST_NAME = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/
