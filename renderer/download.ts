import { type ContentRequestInput, contentAddress } from '../shared/contract/content.ts';

/** Offers some content as a download; the host names the file. */
export function downloadContent(request: ContentRequestInput): void {
  follow(contentAddress(request), '');
}

/** Offers a text that the window made as a download. */
export function downloadText(fileName: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  follow(address, fileName);
  window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

function follow(address: string, fileName: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
}
