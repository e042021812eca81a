import { Construct } from 'constructs';
import { requireContent } from '../vocabulary/artifact-content';
import { ContainerImage } from '../vocabulary/container-image';
import { fleetOf } from '../vocabulary/fleet-ports';
import {
  CONSTRUCT,
  Form,
  TEXT,
  madeBy,
  optional,
  requireForm,
  requireProps,
} from '../vocabulary/form';
import { KustomizationFile } from '../vocabulary/kustomization-file';
import { TENANT_LABEL } from '../vocabulary/labels';
import { place, tenancyOf } from '../vocabulary/placement';
import { belongsTo, ITenant, requireOwn } from '../vocabulary/ports';
import { quoted } from '../vocabulary/quoted';
import { plainDirectory } from '../vocabulary/relative-path';
import { gitPlace, requireGitUrl, sourcePlace } from '../vocabulary/url';
import { requireTargetNamespace } from '../vocabulary/target-namespace';
import { Repository } from '../vocabulary/repository';
import { SetterField } from '../vocabulary/setter-marker';
import { warn } from '../vocabulary/warning';
import { SignedOciSource } from './signed-oci-source';

/** Whose repository it is. */
export interface AppRepoProps {
  readonly tenant: ITenant;
  /**
   * Directory that manifests are written to, each app in one of its own; the path of a `GitTarget`, and what CI
   * publishes.
   *
   * @default - `apps/<tenant>`
   */
  readonly path?: string;
  /**
   * Namespace of everything in it, one of the tenant's: the `targetNamespace` of the sync that applies it.
   *
   * @default - the home namespace
   */
  readonly targetNamespace?: string;
  /**
   * URL of the repository, with which the targets of its images and the sources of syncs are compared.
   *
   * @default - that of the first target
   */
  readonly url?: string;
  /**
   * The source that takes what CI publishes of the directory, one of the tenant's. Its syncs are judged by what is written here,
   * and their paths begin here.
   *
   * @default - each that takes the artifact `oci://<registry of the fleet>/<tenant>`, where the tenant has no other AppRepo, its
   * syncs apply nothing else, and all their paths are here; else none is known, and what syncs apply stays unread
   */
  readonly artifact?: SignedOciSource;
}

const SIGNED_OCI_SOURCE: Form = {
  words: 'a SignedOciSource',
  fits: (value) =>
    CONSTRUCT.fits(value) && TEXT.fits(value.url) && value.sourceKind === 'OCIRepository',
};

/**
 * A repository of a tenant's own, with the manifests of its apps. Everything directly inside it gets a directory named
 * by its id.
 *
 * Synthesis fails on objects that Flux, as the tenant, could not apply, or would move to another namespace. Of a kind that neither
 * Kubernetes nor the program defines, it warns that nobody can tell.
 *
 * Inside a FleetRepo or a Tenant it is written as beside them; synthesis fails inside a Cluster, a PlatformComponent or another AppRepo.
 */
export class AppRepo extends Repository {
  private readonly resources: KustomizationFile;

  public constructor(scope: Construct, id: string, props: AppRepoProps) {
    requireProps(`app repository '${id}'`, props, {
      tenant: CONSTRUCT,
      path: optional(TEXT),
      targetNamespace: optional(TEXT),
      url: optional(TEXT),
      artifact: optional(SIGNED_OCI_SOURCE),
    });
    const { tenant, artifact } = props;
    const namespace = props.targetNamespace ?? tenant.homeNamespace;
    super(scope, id, {
      namespace,
      labels: { [TENANT_LABEL]: tenant.tenantName },
      disableResourceNameHashes: true,
    });
    requireTargetNamespace(tenant, namespace);
    belongsTo(this, tenant);
    if (artifact) {
      const whose = `app repository '${id}' of tenant '${tenant.tenantName}' must not have the artifact of`;
      requireOwn(tenant, whose, [artifact]);
      requireContent(`app repository '${id}'`, artifact, 'manifests');
    }
    place(this, {
      shelf: { kind: 'app', path: directory(props.path ?? `apps/${tenant.tenantName}`) },
      ...(props.url !== undefined && { gitPlace: gitPlace(requireGitUrl('url', props.url)) }),
      ...(artifact && { artifact: sourcePlace(artifact.url) }),
      directoryPerChild: true,
      clusters: tenant.clusters.map((cluster) => cluster.clusterName),
      fleet: fleetOf(tenant).node.path,
      tenancy: { ...tenancyOf(tenant), only: namespace },
    });
    // Without it, Flux would fail rather than prune when the last app is gone.
    this.resources = new KustomizationFile(this, 'Resources');
  }

  /**
   * Applies a file that something else keeps beside the apps. The library never writes or removes it, and does not look
   * into it.
   *
   * @param file its name; throws when it is not a YAML file in the directory of the repository's `path`
   */
  public includeFile(file: string): void {
    this.resources.addForeignResource(file);
  }

  /**
   * Has kustomize put an image in the place of another in every manifest, included files among them. Where a pipeline
   * chose the image, Flux rewrites it in `kustomization.yaml`.
   *
   * Throws when another image is in that place already, or the image is another tenant's. Synthesis warns when Flux follows
   * the digest of the image and the program gives none: then kustomize would put in the tag alone.
   *
   * @param name how manifests name the image whose place it takes, without tag. Default: the name of the image itself
   * @see https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/images/
   */
  public useImage(image: ContainerImage, name: string = image.name): void {
    requireForm('image', image, madeBy(ContainerImage, "of('ghcr.io/acme/app:1.0.0')"));
    const part = (field: SetterField, key: string) => image._field(this, `/${key}`, field);
    const newName = part(SetterField.NAME, 'newName');
    const newTag = image.tag === undefined ? undefined : part(SetterField.TAG, 'newTag');
    const digest = image.digest === undefined ? undefined : part(SetterField.DIGEST, 'digest');
    this.resources.addImage({
      name,
      newName: newName.value,
      newTag: newTag?.value,
      digest: digest?.value,
      markers: [newName, newTag, digest].flatMap((field) => field?.marker ?? []),
    });
    if (image._lacksDigest) {
      warn(
        this,
        `image ${quoted(image.reference)} is used by its tag alone, so that what runs changes when the tag is pushed again; ` +
          'give the pipeline the digest of that tag (pipeline.image(tag, digest)), or DigestReflection.never()',
      );
    }
  }
}

/** `path` without what its end and start may add to it. */
function directory(path: string): string {
  const plain = plainDirectory('path', path);
  if (plain === '') {
    throw new Error(`path must be a directory below the root of the repository, got '${path}'`);
  }
  return plain;
}
