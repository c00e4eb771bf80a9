import { randomBytes } from 'node:crypto';
import { Trouble } from '../trouble.ts';

/**
 * What goes before and after the bytes of a file in a multipart/form-data body (RFC 7578), so that the length of
 * the whole is known before it is sent.
 */
export interface MultipartFrame {
  readonly contentType: string;
  readonly before: Buffer;
  readonly after: Buffer;
}

/** Servers on Tomcat refuse parts with longer headers (Tomcat, `maxPartHeaderSize`, default 512 bytes). */
const LONGEST_PART_HEADER = 512;

/**
 * Frames one file.
 * @param fields text parts, sent before the file
 * @param fileField name of the part with the file
 * @param fileName last segment of its name; long folders belong into a field
 * @throws Trouble of kind `file` when the name is too long for a part header
 */
export function frameFile(
  fields: readonly { readonly name: string; readonly value: string }[],
  fileField: string,
  fileName: string,
): MultipartFrame {
  const boundary = `slipway-${randomBytes(18).toString('hex')}`;
  const text = fields.map(
    ({ name, value }) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${escapeQuoted(name)}"\r\n\r\n${value}\r\n`,
  );
  const fileHeader =
    `Content-Disposition: form-data; name="${escapeQuoted(fileField)}"; filename="${escapeQuoted(fileName)}"\r\n` +
    'Content-Type: application/octet-stream\r\n\r\n';
  if (Buffer.byteLength(fileHeader) > LONGEST_PART_HEADER) {
    throw new Trouble('file', 'name-too-long', `The name ${fileName} is too long to be sent.`, {
      cause: `With it the header of its part has more than ${LONGEST_PART_HEADER} bytes, which servers refuse.`,
      advice: 'Give it a shorter remote name.',
    });
  }
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    before: Buffer.from(`${text.join('')}--${boundary}\r\n${fileHeader}`),
    after: Buffer.from(`\r\n--${boundary}--\r\n`),
  };
}

/** Quotes and line ends would end the name (HTML Living Standard, multipart/form-data encoding algorithm). */
function escapeQuoted(text: string): string {
  return text.replace(/\r/g, '%0D').replace(/\n/g, '%0A').replace(/"/g, '%22');
}
