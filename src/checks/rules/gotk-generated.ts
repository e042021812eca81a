import { FileCheck, FileProblem } from '../check';
import { SourceDocument } from '../../inventory/source-file';
import { gotkSync, isGenerated } from '../gotk-sync';
import { itemsAt, mapAt, textsAt } from '../manifest-fields';
import { isMap } from '../../vocabulary/is-map';

/** What only a patch gives to controllers. */
const FLAG =
  /^(--(?:no-cross-namespace-refs|no-remote-bases|default(?:-[a-z]+)?-service-account|sops-[a-z-]+))(?:=|$)/;

/** What only a patch gives to the Kustomization of a cluster. */
const FIELDS = ['decryption', 'images', 'patches', 'postBuild', 'serviceAccountName'];

export const gotkGenerated: FileCheck = {
  id: 'gotk-generated',
  severity: 'warning',
  profile: 'strict',
  summary: 'what flux bootstrap generates must be changed by patches, not in its files',
  why: 'The next flux bootstrap writes gotk-components.yaml and gotk-sync.yaml anew. What was added there is gone without a word, and with it the lockdown.',
  remedy:
    'move the change to a patch in the kustomization.yaml beside the file, which flux bootstrap keeps',
  links: [
    'https://fluxcd.io/flux/installation/configuration/bootstrap-customization/',
    'https://fluxcd.io/flux/installation/configuration/multitenancy/',
  ],
  bad: gotkSync('serviceAccountName: kustomize-controller'),
  good: gotkSync(),
  *examineFile({ path, text, documents }) {
    const [, name] = /(?:^|\/)gotk-(components|sync)\.yaml$/.exec(path) ?? [];
    if (name && isGenerated(text)) {
      for (const document of documents) {
        yield* name === 'sync' ? addedFields(document) : addedFlags(document);
      }
    }
  },
};

function* addedFields({ manifest, index }: SourceDocument): Generator<FileProblem> {
  if (isMap(manifest) && manifest.kind === 'Kustomization') {
    for (const field of FIELDS.filter((one) => Object.hasOwn(mapAt(manifest, 'spec'), one))) {
      const message = `sets spec.${field}, which the next flux bootstrap takes away`;
      yield { message, index, pointer: `/spec/${field}` };
    }
  }
}

function* addedFlags({ manifest, index }: SourceDocument): Generator<FileProblem> {
  if (isMap(manifest) && manifest.kind === 'Deployment') {
    for (const { value, pointer } of itemsAt(manifest, 'spec', 'template', 'spec', 'containers')) {
      const flags = textsAt(value, 'args').flatMap((arg) => FLAG.exec(arg)?.[1] ?? []);
      if (flags.length > 0) {
        const message = `sets '${flags.join("', '")}', which the next flux bootstrap takes away`;
        yield { message, index, pointer: `${pointer}/args` };
      }
    }
  }
}
