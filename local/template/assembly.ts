import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TemplateError } from './template-error.ts';

export interface Template {
  Resources: Record<string, TemplateResource>;
  Parameters?: Record<string, { Default?: unknown }>;
  Mappings?: Record<string, Record<string, Record<string, unknown>>>;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown; Condition?: string }>;
}

export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
  Condition?: string;
}

/** What `cdk synth` wrote of one stack. */
export interface Assembly {
  stackName: string;
  template: Template;
  /** The folder that was staged under this key of the bootstrap bucket: `<hash>.zip`. */
  assetFolder(objectKey: string): string;
}

interface Manifest {
  artifacts: Record<
    string,
    { type: string; properties?: { file?: string; templateFile?: string; stackName?: string } }
  >;
}

interface AssetManifest {
  files?: Record<string, { source: { path?: string }; destinations: Record<string, { objectKey: string }> }>;
}

/** Reads a cloud assembly of one stack (`manifest.json` and what it names). Throws TemplateError for anything else. */
export function readAssembly(folder: string): Assembly {
  const manifestPath = join(folder, 'manifest.json');
  if (!existsSync(manifestPath))
    throw new TemplateError(`${folder} is no CDK assembly: it holds no manifest.json`);

  const artifacts = Object.entries((readJson(manifestPath) as Manifest).artifacts);
  const stacks = artifacts.filter(([, { type }]) => type === 'aws:cloudformation:stack');
  if (stacks.length !== 1)
    throw new TemplateError(`${folder} holds ${stacks.length} stacks; the local cloud runs exactly one`);
  const [id, { properties }] = stacks[0]!;

  const assetPaths = new Map<string, string>();
  for (const [, artifact] of artifacts.filter(([, { type }]) => type === 'cdk:asset-manifest')) {
    const assets = readJson(join(folder, artifact.properties!.file!)) as AssetManifest;
    for (const { source, destinations } of Object.values(assets.files ?? {}))
      for (const { objectKey } of Object.values(destinations))
        if (source.path) assetPaths.set(objectKey, join(folder, source.path));
  }

  return {
    stackName: properties?.stackName ?? id,
    template: readJson(join(folder, properties!.templateFile!)) as Template,
    assetFolder(objectKey) {
      const path = assetPaths.get(objectKey);
      if (!path) throw new TemplateError(`the assembly names no asset ${objectKey}`);
      return path;
    },
  };
}

const readJson = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
