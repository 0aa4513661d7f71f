import type { Random } from '../../../eval/synthesis/random.ts';
import type { Bait, Spoil } from '../hostile-file.ts';

const plain: Record<string, Spoil> = {
  hls: ({ bait }, random) =>
    Buffer.from(
      `#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${target(bait, random)}\n#EXTINF:5,\n${target(bait, random)}\n#EXT-X-ENDLIST\n`,
    ),
  hls_key: ({ bait }, random) =>
    Buffer.from(
      `#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="${target(bait, random)}"\n#EXTINF:5,\n${target(bait, random)}\n#EXT-X-ENDLIST\n`,
    ),
  hls_master: ({ bait }, random) =>
    Buffer.from(`#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n${target(bait, random)}\n`),
  concat_script: ({ bait }, random) =>
    Buffer.from(`ffconcat version 1.0\nfile '${target(bait, random)}'\nduration 5\n`),
  dash: ({ bait }, random) =>
    Buffer.from(
      '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT5S"><Period>' +
        `<AdaptationSet mimeType="video/mp2t"><Representation id="1" bandwidth="1"><BaseURL>${target(bait, random)}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
    ),
  sdp: ({ bait }) =>
    Buffer.from(
      `v=0\no=- 0 0 IN IP4 ${bait.host}\ns=x\nc=IN IP4 ${bait.host}\nt=0 0\nm=video ${bait.port} RTP/AVP/TCP 96\na=rtpmap:96 H264/90000\n`,
    ),
  ffmetadata: ({ bait }) =>
    Buffer.from(`;FFMETADATA1\ntitle=file://${bait.textPath}\n[CHAPTER]\nSTART=0\nEND=1\n`),
  asf_redirect: ({ bait }) =>
    Buffer.from(`[Reference]\r\nRef1=${bait.mediaUrl}\r\nRef2=file://${bait.mediaPath}\r\n`),
  pattern: ({ bait }) =>
    Buffer.from(`${bait.mediaPath}%03d.png\nsubfile,,start,0,end,0,,:${bait.textPath}\n`),
  image_script: ({ bait }) =>
    Buffer.from(`push graphic-context\nimage over 0,0 0,0 '${bait.mediaUrl}'\npop graphic-context\n`),
};

/** An ID3 tag of no length. ffmpeg skips it when it guesses what a file is; we take it for an MP3. */
const emptyTag = Buffer.from('ID3\x04\x00\x00\x00\x00\x00\x00', 'latin1');

const disguises = [
  Buffer.alloc(0),
  ...[emptyTag, emptyTag],
  Buffer.from('\x00\x00\x00\x14ftypisom\x00\x00\x02\x00isom', 'latin1'),
  Buffer.from('\ufeff'),
];

function target({ mediaPath, mediaUrl, textPath, host, port }: Bait, random: Random): string {
  return random.oneOf([
    `file://${mediaPath}`,
    mediaPath,
    `file://${textPath}`,
    mediaUrl,
    `tcp://${host}:${port}`,
    `concat:${mediaPath}|${mediaPath}`,
    `crypto+file:${mediaPath}`,
    `data:text/plain,${mediaPath}`,
  ]);
}

/**
 * Files that ffmpeg, left to itself, takes for orders: to read other files, to call other hosts. Each goes as it is,
 * and behind the bytes that make us, or ffmpeg, take it for a recording.
 */
export const scripts: Record<string, Spoil> = {
  ...Object.fromEntries(Object.entries(plain).map(([kind, script]) => [kind, disguised(script)])),
  hls_behind_tag: ({ bait }) =>
    Buffer.concat([
      emptyTag,
      Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\n${bait.mediaUrl}\n#EXT-X-ENDLIST\n`),
    ]),
};

function disguised(script: Spoil): Spoil {
  return (ground, random) => Buffer.concat([random.oneOf(disguises), script(ground, random)]);
}
