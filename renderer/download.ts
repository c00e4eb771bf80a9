import { type ContentRequestInput, contentAddress } from '../shared/contract/content.ts';

/** Offers some content as a download; the host names the file. */
export function downloadContent(request: ContentRequestInput): void {
  const link = document.createElement('a');
  link.href = contentAddress(request);
  link.download = '';
  document.body.append(link);
  link.click();
  link.remove();
}
