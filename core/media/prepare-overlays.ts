import type { ClipLook } from './clip-look.ts';
import type { Overlays } from './overlay-filters.ts';
import type { Tools } from './tools.ts';
import type { SourceFacts } from './types.ts';

export async function prepareOverlays(
  _tools: Tools,
  _facts: SourceFacts,
  { watermark }: ClipLook,
  _folder: string,
): Promise<{ overlays: Overlays; notes: string[] }> {
  return { overlays: { watermarkPath: watermark?.path }, notes: [] };
}
