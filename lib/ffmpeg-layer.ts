import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage, FileSystem } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { FfmpegLayerSetting } from './settings.ts';

const folder = 'layers/ffmpeg';

/** ffmpeg and ffprobe under /opt/bin, for the functions' architecture whatever this machine's is. */
export function ffmpegLayer(scope: Construct, id: string, setting: FfmpegLayerSetting): LayerVersion {
  return new LayerVersion(scope, id, {
    description: 'ffmpeg and ffprobe; see NOTICE in the layer for their licence',
    compatibleArchitectures: [Architecture.ARM_64],
    code: codeOf(setting),
  });
}

function codeOf(setting: FfmpegLayerSetting): Code {
  switch (setting.kind) {
    case 'pinned':
      return builtFromPins();
    case 'own':
      return Code.fromAsset(withPrograms(setting.folder));
    case 'skip':
      // Nothing runs from it: the local cloud resolves ffmpeg on this machine, tests look at the template only.
      return Code.fromAsset(folder, { exclude: ['build'] });
    default:
      return setting satisfies never;
  }
}

/** Named by what it is built from, so that nothing is built again where nothing has changed. */
function builtFromPins(): Code {
  return Code.fromAsset(folder, {
    assetHashType: AssetHashType.CUSTOM,
    assetHash: FileSystem.fingerprint(folder, { exclude: ['build', 'README.md', 'resolve-ffmpeg.ts'] }),
    bundling: {
      // Never used: `tryBundle` builds without Docker, or throws.
      image: DockerImage.fromRegistry('scratch'),
      local: {
        tryBundle(outputFolder) {
          const script = join(folder, 'build-layer.ts');
          execFileSync(process.execPath, [script, 'arm64', outputFolder], { stdio: ['ignore', 2, 2] });
          return true;
        },
      },
    },
  });
}

/** @throws Error that names the missing program */
function withPrograms(own: string): string {
  for (const program of ['bin/ffmpeg', 'bin/ffprobe']) {
    if (!existsSync(join(own, program))) {
      throw new Error(`Setting ffmpegLayer is ${own}, and there is no ${program} in it.`);
    }
  }
  return own;
}
