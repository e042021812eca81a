import { AppliedManifest } from '../inventory/applied-manifests';
import { nearestWord } from '../vocabulary/nearest-word';
import { quoted } from '../vocabulary/quoted';
import { AccessSubject } from './access-subject';
import { RbacObjects } from './rbac-objects';

const ACCOUNT = 'system:serviceaccount:';
const ACCOUNTS_OF = 'system:serviceaccounts:';

/** Groups that Kubernetes puts requests in by itself. */
const BUILT_IN = ['system:authenticated', 'system:serviceaccounts', 'system:unauthenticated'];

/** Whom rights can be asked of: whoever the program writes or binds, on whichever cluster. */
export class KnownSubjects {
  private readonly users = new Set(['system:anonymous']);
  private readonly groups = new Set(BUILT_IN);

  public constructor(manifests: readonly AppliedManifest[]) {
    for (const { manifest } of manifests) {
      const { kind, metadata } = manifest;
      if (kind === 'ServiceAccount') {
        this.users.add(`${ACCOUNT}${metadata?.namespace}:${metadata?.name}`);
      } else if (kind === 'Namespace') {
        this.users.add(`${ACCOUNT}${metadata?.name}:default`);
        this.groups.add(`${ACCOUNTS_OF}${metadata?.name}`);
      }
    }
    for (const { subjects, inNamespace } of new RbacObjects(manifests).bindings) {
      for (const subject of subjects) {
        this.add(subject ?? {}, inNamespace);
      }
    }
  }

  /** Throws when the program does not know `subject`, so that to hear of no rights would prove nothing. */
  public require(subject: AccessSubject): void {
    const { _user: user, _groups: groups } = subject;
    const isAccount = user?.startsWith(ACCOUNT) ?? false;
    const group = isAccount ? undefined : groups.find((one) => !this.groups.has(one));
    if (group !== undefined) {
      throw unknown(`group ${quoted(group)}`, nearestWord(group, this.groups));
    }
    // People are known by their groups: the identity provider has their names.
    const isKnownByGroup = !isAccount && groups.some((one) => !BUILT_IN.includes(one));
    if (user !== undefined && !this.users.has(user) && !isKnownByGroup) {
      throw unknown(`${subject}`, this.nearestTo(user, isAccount));
    }
  }

  /** The known account, or other user, that is spelled most like one that is not. */
  private nearestTo(user: string, isAccount: boolean): string | undefined {
    const alike = [...this.users].filter((one) => one.startsWith(ACCOUNT) === isAccount);
    const words = alike.map((one) => one.replace(ACCOUNT, '').replace(':', '/'));
    return nearestWord(user.replace(ACCOUNT, '').replace(':', '/'), words);
  }

  private add({ kind, name, namespace }: any, bindingNamespace: string | undefined): void {
    switch (kind) {
      case 'User':
        this.users.add(String(name));
        break;
      case 'Group':
        this.groups.add(String(name));
        break;
      case 'ServiceAccount':
        this.users.add(`${ACCOUNT}${namespace || bindingNamespace}:${name}`);
        break;
    }
  }
}

function unknown(who: string, nearest: string | undefined): Error {
  return new Error(
    `${who} is not known: the program has no such account, and no binding that names it; ` +
      `did you mean ${nearest === undefined ? '' : `'${nearest}', or `}one that the program need not know (asStranger)?`,
  );
}
