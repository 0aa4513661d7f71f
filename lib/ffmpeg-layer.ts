import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Architecture, Code, LayerVersion } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';

const folder = 'layers/ffmpeg';

/**
 * ffmpeg and ffprobe under /opt/bin, for the functions' architecture whatever this machine's is.
 * The pins alone decide the asset's hash, so that the template is the same with the layer left out.
 */
export function ffmpegLayer(scope: Construct, id: string, { skip }: { skip: boolean }): LayerVersion {
  const pins = readFileSync(join(folder, 'pins.json'));
  return new LayerVersion(scope, id, {
    description: 'ffmpeg and ffprobe; see NOTICE in the layer for their licence',
    compatibleArchitectures: [Architecture.ARM_64],
    code: Code.fromAsset(folder, {
      assetHashType: AssetHashType.CUSTOM,
      assetHash: createHash('sha256').update(pins).digest('hex'),
      bundling: {
        // Never used: `tryBundle` builds without Docker, or says what is wrong.
        image: DockerImage.fromRegistry('scratch'),
        local: {
          tryBundle(outputFolder) {
            if (skip)
              writeFileSync(join(outputFolder, 'LEFT-OUT'), 'Synthesized with clipwright:layer=skip.\n');
            else buildLayer(outputFolder);
            return true;
          },
        },
      },
    }),
  });
}

function buildLayer(outputFolder: string): void {
  execFileSync(process.execPath, [join(folder, 'build-layer.ts'), 'arm64', outputFolder], {
    stdio: ['ignore', 2, 2],
  });
}
