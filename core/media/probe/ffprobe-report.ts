/** The part of `ffprobe -of json` that we ask for. Numbers that it prints as text stay text. */
export interface FfprobeReport {
  format: { start_time?: string; duration?: string };
  streams: FfprobeStream[];
}

export interface FfprobeStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  width?: number;
  height?: number;
  sample_aspect_ratio?: string;
  field_order?: string;
  color_space?: string;
  color_primaries?: string;
  color_transfer?: string;
  color_range?: string;
  r_frame_rate?: string;
  avg_frame_rate?: string;
  start_time?: string;
  duration?: string;
  nb_frames?: string;
  /** Those that are in the file, with `-count_packets`. */
  nb_read_packets?: string;
  channels?: number;
  sample_rate?: string;
  disposition?: Record<string, number>;
  tags?: { rotate?: string; DURATION?: string };
  side_data_list?: { rotation?: number; displaymatrix?: string }[];
}

/** Only these fields: a file's own tags can be long, and are of no use. */
export const reportArgs = [
  '-show_entries',
  [
    'format=start_time,duration',
    'stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,field_order,' +
      'color_space,color_primaries,color_transfer,color_range,r_frame_rate,avg_frame_rate,start_time,duration,nb_frames,nb_read_packets,channels,sample_rate',
    'stream_disposition=default,attached_pic,still_image,timed_thumbnails',
    'stream_tags=rotate,DURATION',
    'stream_side_data=rotation,displaymatrix',
  ].join(':'),
  ...['-of', 'json'],
];

export function parseReport(printed: string): FfprobeReport {
  const { format = {}, streams = [] } = JSON.parse(printed) as Partial<FfprobeReport>;
  return { format, streams };
}

/** Matroska's `00:01:02.500000000` as seconds; NaN for what is no such time. */
export function secondsOf(text: string | undefined): number {
  const [hours, minutes, seconds] = (text ?? '').split(':').map(Number);
  return (hours ?? Number.NaN) * 3600 + (minutes ?? Number.NaN) * 60 + (seconds ?? Number.NaN);
}
