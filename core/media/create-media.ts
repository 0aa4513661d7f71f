import { extractAudio } from './analysis/extract-audio.ts';
import { findScenes } from './analysis/find-scenes.ts';
import { listenToAudio } from './analysis/listen-to-audio.ts';
import { renderClip } from './clip/render-clip.ts';
import { createTools, type ToolPaths } from './ffmpeg/tools.ts';
import { probeSource } from './probe/probe-source.ts';
import type { Media } from './types.ts';

/** The Media port on top of ffmpeg 4.1 or later; `resolveFfmpeg` of layers/ffmpeg finds one. */
export function createMedia(paths: ToolPaths): Media {
  const tools = createTools(paths);
  return {
    probe: (source, options) => probeSource(tools, source, options),
    extractAudio: (source, facts, options) => extractAudio(tools, source, facts, options),
    findScenes: (source, facts, options) => findScenes(tools, source, facts, options),
    listen: (audio, options) => listenToAudio(tools, audio, options),
    renderClip: (source, facts, range, options) => renderClip(tools, source, facts, range, options),
  };
}
