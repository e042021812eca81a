import { SourceTree } from '../inventory/source-file';
import { accumulate } from './accumulate';
import { Build, BuildAdditions } from './build';
import { BuildLog } from './build-log';
import { addHashes, finished, forgedNotes, passedOver } from './finish-build';
import { fixNameReferences } from './fix-name-references';
import { generatedKustomization } from './generated-kustomization';
import { readKustomization, soundAdditions } from './kustomization';
import { described } from './resource-list';

export { kustomizationFileOf } from './kustomization';

/**
 * Builds a directory as kustomize-controller does. A directory without a kustomization file is built of every file of
 * YAML at and below it.
 *
 * A build with errors is one that Flux refuses; its objects are those that are left. Generated ConfigMaps and Secrets have
 * the kustomization file for their document, and the name that kustomize gives them. Where a file that they hold is no
 * text, that value is empty, and their name lacks the hash: references to them agree with that, and `unread` says so.
 */
export function buildDirectory(
  tree: SourceTree,
  directory: string,
  additions: BuildAdditions = {},
): Build {
  const log = new BuildLog(tree);
  if (!tree.directory(directory)) {
    log.refuse(directory, `there is no directory '${directory}'`);
  }
  const written = readKustomization(log, directory, true);
  // Flux asks for that where there are no resources, because a file without any would be empty.
  const { resources, buildMetadata } = written?.fields ?? {};
  log.isTracked = written !== undefined && (!resources?.length || buildMetadata?.length > 0);
  const plain = written ?? generatedKustomization(log, directory);
  const sound = soundAdditions(additions, plain.path, log);
  const kustomization = plain.with(sound, log);
  const { list, config } = accumulate(log, kustomization);
  for (const resource of list.all) {
    const note = forgedNotes(resource);
    if (note !== undefined) {
      const { path } = resource.origin.document;
      log.refuse(path, `annotation '${note}' of ${described(resource)} is kustomize's own`);
    }
  }
  addHashes(list);
  fixNameReferences(list, config.nameReference, (resource, message) =>
    log.refuse(resource.origin.document.path, message),
  );
  for (const double of list.doubles) {
    log.refuse(double.origin.document.path, `there are two of ${described(double)}`);
  }
  const { errors, unread, idle, used } = log;
  return {
    objects: finished(list, sound.commonMetadata),
    errors,
    unread,
    idle: [...idle, ...passedOver(list)],
    used,
  };
}
