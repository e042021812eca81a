import { IConstruct } from 'constructs';
import { AccessReview } from '../access/access-review';
import { appliedManifests, unreadOf, writtenManifests } from '../inventory/applied-manifests';
import { AuditReport } from '../report/audit-report';
import { fleetOf } from '../vocabulary/fleet-ports';
import { ICluster, ITenant } from '../vocabulary/ports';
import { CheckProfile } from '../vocabulary/suppression';
import { auditProgram, judgedProgram } from './judged-program';
import { JudgedFleet } from './judged-fleet';
import { renderProgram } from './render-program';
import { renderTenants } from './render-tenants';
import { TenantPreview } from './tenant-preview';

// What a Fleet does, beside being declared. Fleet loads all of it through this file.

export function judge(root: IConstruct, profile: CheckProfile): JudgedFleet {
  return JudgedFleet._of(judgedProgram(root, profile));
}

export function audit(root: IConstruct, profile: CheckProfile): AuditReport {
  return auditProgram(renderProgram(root), profile);
}

export function preview(root: IConstruct, tenants: readonly ITenant[]): TenantPreview {
  return TenantPreview._of(tenants, renderTenants(root, [...new Set(tenants)]));
}

export function reviewAccess(root: IConstruct, cluster: ICluster): AccessReview {
  const { inventory } = renderProgram(root);
  const { clusterName, environment } = cluster;
  const applied = { key: `${fleetOf(cluster).node.path}/${clusterName}`, environment };
  const manifests = appliedManifests(inventory.objects, applied);
  return AccessReview._of(manifests, unreadOf(inventory, applied), [
    ...manifests,
    ...writtenManifests(inventory.objects),
  ]);
}
