import { SourceFile, SourceTree } from '../inventory/source-file';

/** A tree of files as it is once some are written that are still to come. */
export class CompletedTree extends SourceTree {
  public constructor(
    private readonly tree: SourceTree,
    added: readonly SourceFile[],
  ) {
    const paths = new Set(added.map(({ path }) => path));
    super([...tree.files.filter(({ path }) => !paths.has(path)), ...added]);
  }

  public override file(path: string): SourceFile | undefined {
    return super.file(path) ?? this.tree.file(path);
  }

  public override has(path: string): boolean {
    return super.has(path) || this.tree.has(path);
  }

  /** As it is: what is added is named by a kustomization file. */
  public override directory(path: string): ReturnType<SourceTree['directory']> {
    return this.tree.directory(path);
  }
}
