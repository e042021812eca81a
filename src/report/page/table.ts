import { html, Html } from './html';

export interface Table {
  readonly caption: string;
  readonly columns: readonly string[];
  /** Each row's cells; the first is what the row is about. */
  readonly rows: readonly (readonly (Html | string | number)[])[];
  /** In words, for a table without rows. */
  readonly empty: string;
  /** For its looks. @default - as any other */
  readonly look?: 'ways';
  /** Whether it may be wider than the page, and is reached by keyboard to be scrolled. @default false */
  readonly isWide?: boolean;
}

/** A table, or a sentence where there is nothing to tabulate. */
export function table({ caption, columns, rows, empty, look, isWide }: Table): Html {
  if (rows.length === 0) {
    return html`<p class="none">${empty}</p>`;
  }
  const body = html`<table class="${look ?? ''}">
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col">${column}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(row)}
    </tbody>
  </table>`;
  return isWide
    ? html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0">${body}</div>`
    : body;
}

function row([head, ...cells]: readonly (Html | string | number)[]): Html {
  return html`<tr>
    <th scope="row">${head}</th>
    ${cells.map((cell) => html`<td>${cell}</td>`)}
  </tr> `;
}

/** Pieces below one another. */
export function lines(pieces: readonly (Html | string)[], none = '–'): Html {
  return pieces.length === 0
    ? html`${none}`
    : html`<ul class="lines">
        ${pieces.map((piece) => html`<li>${piece}</li>`)}
      </ul>`;
}
