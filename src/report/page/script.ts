/** What makes tables filterable and draws one tenant; everything is there without it. */
export const SCRIPT = `'use strict';
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  all('[data-script]').forEach((one) => { one.hidden = false; });
  all('form').forEach((form) => form.addEventListener('submit', (event) => event.preventDefault()));

  all('form[data-filter]').forEach((form) => {
    const rows = all('tbody tr', document.getElementById(form.dataset.filter)).map((row) => {
      const link = row.querySelector('a');
      return {
        row,
        section: document.getElementById(link.hash.slice(1)),
        text: (row.cells[0].textContent + ' ' + row.cells[1].textContent).toLowerCase(),
        flags: row.dataset.flags.split(' '),
      };
    });
    const [input, show, open, status] =
      ['input', 'select', 'button', '[role=status]'].map((one) => form.querySelector(one));
    const filter = () => {
      const words = input.value.toLowerCase().split(/\\s+/);
      let shown = 0;
      for (const { row, section, text, flags } of rows) {
        const is = words.every((word) => text.includes(word)) && (!show.value || flags.includes(show.value));
        row.hidden = section.hidden = !is;
        shown += is ? 1 : 0;
      }
      status.textContent = shown + ' of ' + rows.length + (rows.length === 1 ? ' tenant' : ' tenants');
    };
    input.addEventListener('input', filter);
    show.addEventListener('change', filter);
    let isOpen = false;
    open.addEventListener('click', () => {
      isOpen = !isOpen;
      rows.filter(({ row }) => !row.hidden).forEach(({ section }) => { section.querySelector('details').open = isOpen; });
      open.textContent = isOpen ? 'Close all details' : 'Open all details';
    });
    form.reveal = () => { input.value = show.value = ''; filter(); };
  });

  all('form[data-chooser]').forEach((form) => {
    const select = form.querySelector('select');
    const status = form.querySelector('[role=status]');
    const place = form.nextElementSibling;
    const draw = () => {
      const section = select.value && document.getElementById(select.value);
      place.replaceChildren();
      place.hidden = !section;
      status.textContent = '';
      if (section) {
        const drawing = section.querySelector('.drawing').cloneNode(true);
        const [title, words] = ['title', 'desc'].map((one) => drawing.querySelector(one));
        drawing.setAttribute('aria-label', (title.textContent.trim() + '. ' + words.textContent.trim()).replace(/\\s+/g, ' '));
        drawing.removeAttribute('aria-labelledby');
        [title, words].forEach((one) => one.remove());
        const link = document.createElement('a');
        link.href = '#' + section.id;
        link.textContent = 'Details of ' + section.querySelector('h4').textContent;
        const caption = document.createElement('figcaption');
        caption.append(link);
        place.append(drawing, caption);
        status.textContent = 'Drawn: ' + section.querySelector('h4').textContent;
      }
    };
    select.addEventListener('change', draw);
    draw();
  });

  const reveal = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.matches('.tenant')) {
      if (target.hidden) {
        all('form[data-filter]').forEach((form) => form.reveal());
      }
      target.querySelector('details').open = true;
      target.scrollIntoView();
    }
  };
  addEventListener('hashchange', reveal);
  reveal();

  let closed = [];
  addEventListener('beforeprint', () => {
    closed = all('.tenant:not([hidden]) > details:not([open])');
    closed.forEach((one) => { one.open = true; });
  });
  addEventListener('afterprint', () => closed.forEach((one) => { one.open = false; }));
})();
`;
