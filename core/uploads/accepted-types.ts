/** The kind and the usual Content-Type of each file extension that we take. A claim only: the probe decides. */
const types: Record<string, string> = {
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  m4v: 'video/x-m4v',
  mkv: 'video/x-matroska',
  webm: 'video/webm',
  avi: 'video/x-msvideo',
  mpg: 'video/mpeg',
  mpeg: 'video/mpeg',
  ts: 'video/mp2t',
  mts: 'video/mp2t',
  '3gp': 'video/3gpp',
  flv: 'video/x-flv',
  wmv: 'video/x-ms-wmv',
  ogv: 'video/ogg',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/opus',
  flac: 'audio/flac',
  wma: 'audio/x-ms-wma',
  aiff: 'audio/aiff',
};

export interface AcceptedType {
  extension: string;
  kind: 'video' | 'audio';
  contentType: string;
}

export const acceptedExtensions: readonly string[] = Object.keys(types);

/** The type that a filename claims; undefined if we don't take it. */
export function acceptedType(filename: string): AcceptedType | undefined {
  const extension = filename.slice(filename.lastIndexOf('.') + 1).toLowerCase();
  if (!filename.includes('.') || !Object.hasOwn(types, extension)) return undefined;

  const contentType = types[extension] as string;
  return { extension, kind: contentType.startsWith('audio/') ? 'audio' : 'video', contentType };
}
