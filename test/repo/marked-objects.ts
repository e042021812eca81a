import fs from 'fs';
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { AppRepo, ContainerImage } from '../../src';
import { addPipeline } from '../pipelines';
import { smallFleet, temporaryDirectory } from '../synthesized';

export const PODINFO = 'ghcr.io/acme/podinfo';
export const DIGESTS = ['a', 'b'].map((digit) => `sha256:${digit.repeat(64)}`);

/** An app repository whose images a pipeline chooses. */
export function appRepo(
  fill: (repo: AppRepo, image: (tag: string, digest?: string) => ContainerImage) => void,
  image: string = PODINFO,
): AppRepo {
  const { app, staging, tenant } = smallFleet();
  const team = tenant('team-a', { clusters: [staging] });
  const pipeline = addPipeline(team, { image });
  const repo = new AppRepo(app, 'apps', { tenant: team });
  fill(repo, (tag, digest) => pipeline.image(tag, digest));
  return repo;
}

/** An object named `name` that says `spec`. */
export function anApp(scope: Construct, name: string, spec: any, id: string = name): ApiObject {
  return new ApiObject(scope, id, {
    apiVersion: 'example.com/v1',
    kind: 'App',
    metadata: { name },
    spec,
  });
}

/** A clone that a program was written to. */
export function cloneOf(repo: AppRepo): string {
  const root = temporaryDirectory();
  repo.write(root);
  return root;
}

/** Changes a file below `apps/team-a` as Flux or a person would. */
export function edit(root: string, file: string, change: (text: string) => string): void {
  const path = `${root}/apps/team-a/${file}`;
  const before = fs.readFileSync(path, 'utf8');
  const after = change(before);
  if (after === before) {
    throw new Error(`nothing to change in ${path}:\n${before}`);
  }
  fs.writeFileSync(path, after);
}

export function textIn(root: string, file: string): string {
  return fs.readFileSync(`${root}/apps/team-a/${file}`, 'utf8');
}

/** Commits a version of podinfo as Flux does. */
export const bumpTo = (version: string) => (text: string) =>
  text.replace(/podinfo:1\.0\.0 #/g, `podinfo:${version} #`);
