import { Suppression } from '../vocabulary/suppression';
import { SuppressedBy } from './finding';
import { Place } from './place';

/** One suppression, and what it is said of. */
export interface PlacedSuppression extends Suppression {
  readonly by: SuppressedBy['by'];
  /** A construct path or a file: where people find it. */
  readonly where: string;
  /** Where it is written. @default - in no file */
  readonly place?: Place;
  /** Path of the construct it holds for, with everything below. */
  readonly construct?: string;
  /** Path of the file it holds for. */
  readonly path?: string;
  /** The object of the file it holds for: in an entry, as `exactTitleOf` has it. @default - all of the file */
  readonly object?: string;
  /** Why it is none. */
  readonly malformed?: Malformed;
}

/** Why a suppression is none, and what to write instead. */
export interface Malformed {
  readonly message: string;
  readonly remedy: string;
}
