import { z } from 'zod';
import { empty, type Handler, json, type Route } from './call.ts';
import { readJson, required } from './request-body.ts';
import { upload } from './upload-route.ts';
import { deleteEntry, generatedFileList, listFolder, openForDownload, renameEntry } from './user-files.ts';

const folderSchema = z.object({ path: z.string() });
const fileSchema = z.object({ path: z.string(), fileName: z.string() });
const renameSchema = z.object({ path: z.string(), originalName: z.string(), newName: z.string() });

async function list(call: Parameters<Handler>[0], folder: string) {
  const { archive } = call;
  const { rows, newest } = await listFolder(archive.places.user, folder);
  const file = rows[newest];
  // The file written last is the one that somebody is about to verify.
  if (file !== undefined && archive.faults.takeForListing()) rows[newest] = { ...file, size: file.size + 1 };
  return json(rows);
}

const query: Handler = async (call) => list(call, (await readJson(call.request, folderSchema)).path);

const remove: Handler = async ({ request, archive }) => {
  const { path, fileName } = await readJson(request, fileSchema);
  await deleteEntry(archive.places.user, path, fileName);
  return empty();
};

const rename: Handler = async ({ request, archive }) => {
  const { path, originalName, newName } = await readJson(request, renameSchema);
  await renameEntry(archive.places.user, path, originalName, newName);
  return empty();
};

const download: Handler = async ({ request, archive }) => {
  const { path, fileName } = await readJson(request, fileSchema);
  return {
    status: 200,
    type: 'application/octet-stream',
    body: await openForDownload(archive.places.user, path, fileName),
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}` },
  };
};

const folderOf = (parts: readonly string[]) => (parts[0] ?? '').replace(/^\/+|\/+$/g, '');

const removeByAddress: Handler = async ({ query: parameters, parts, archive }) => {
  await deleteEntry(archive.places.user, folderOf(parts), required(new Map(parameters), 'fileName'));
  return empty();
};

const fileList: Handler = async ({ parts, archive }) => ({
  status: 200,
  type: 'text/tab-separated-values',
  body: generatedFileList(archive.places.user, folderOf(parts)),
});

/** The user's files; paths are below the interface's base. */
export const fileRoutes: readonly Route[] = [
  { method: 'POST', path: '/files/user/query', handler: query },
  { method: 'POST', path: '/files/user/upload', handler: (call) => upload(call) },
  { method: 'POST', path: '/files/user/delete', handler: remove },
  { method: 'POST', path: '/files/user/rename', handler: rename },
  { method: 'POST', path: '/files/user/download', handler: download },
  // The older forms, whose folder is part of the address.
  { method: 'GET', path: '/files/user/**', handler: (call) => list(call, folderOf(call.parts)) },
  { method: 'POST', path: '/files/user/**', handler: (call) => upload(call, folderOf(call.parts)) },
  { method: 'DELETE', path: '/files/user/**', handler: removeByAddress },
];

/** The list generator, which lives beside the interface, not below it. */
export const fileListRoute: Route = {
  method: 'GET',
  path: '/biostudies/submissions/filelist/**',
  handler: fileList,
};
