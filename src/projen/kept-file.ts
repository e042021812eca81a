import { Project, TextFile } from 'projen';

/** Has projen keep a file, whose first line says so. */
export function keepFile(project: Project, path: string, text: string): void {
  const file = new TextFile(project, path);
  for (const line of [`# ${file.marker}`, ...text.trimEnd().split('\n')]) {
    file.addLine(line);
  }
}
