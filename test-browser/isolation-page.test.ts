import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { pathToFileURL } from 'url';
import { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { startedChromium } from './chromium';
import { pageOfTenant, pageOfTenants } from './fleets';

jest.setTimeout(300_000);

const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let directory: string;

beforeAll(async () => {
  browser = await startedChromium();
  directory = fs.mkdtempSync(path.join(os.tmpdir(), 'isolation-'));
});
afterAll(async () => {
  await browser?.close();
  fs.rmSync(directory, { recursive: true, force: true });
});

/** A page in the browser, and everything it complained of or asked for. */
interface Opened {
  readonly page: Page;
  readonly complaints: string[];
  readonly requests: string[];
}

async function opened(
  count: number,
  options: BrowserContextOptions = {},
  hash = '',
): Promise<Opened> {
  const file = path.join(directory, `${count}.html`);
  if (!fs.existsSync(file)) {
    fs.writeFileSync(file, pageOfTenants(count));
  }
  // The page's own policy stays in force for what it does itself; axe is injected by the debugger.
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${pathToFileURL(file).href}${hash}`);
  return { page, complaints, requests };
}

/** Beyond how many tenants axe, whose time grows with the square of a table, is shown some of them. */
const MOST_JUDGED = 30;

/** What axe finds against WCAG and good practice, each as one line. Tenants are all alike: thirty are evidence enough. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`for (const selector of ['#c1-list tbody tr', 'section.tenant', '#c1-choose option', '#c1 > .ways tbody tr'])
    [...document.querySelectorAll(selector)].slice(${MOST_JUDGED}).forEach((one) => one.remove())`);
  await page.evaluate(AXE);
  return page.evaluate(`axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 5).map(({ target, failureSummary }) => id + ' ' + target + ' ' + failureSummary)))`);
}

function focused(page: Page): Promise<string> {
  return page.evaluate(`(({ tagName, id, textContent }) =>
    tagName.toLowerCase() + ' ' + (id || textContent.trim().slice(0, 30)))(document.activeElement)`);
}

/** How many of them can be seen. One question for all: Playwright would ask for each, and draw the page anew. */
function shown(page: Page, selector: string): Promise<number> {
  return page.evaluate(
    `[...document.querySelectorAll('${selector}')].filter((one) => one.checkVisibility()).length`,
  );
}

describe.each([3, 80, 1000])('the page of %i tenants', (count) => {
  test('opens without complaint, and asks for nothing but itself', async () => {
    const start = Date.now();
    const { page, complaints, requests } = await opened(count);
    await page.evaluate('new Promise((done) => requestAnimationFrame(() => done()))');
    const size = fs.statSync(path.join(directory, `${count}.html`)).size;
    process.stdout.write(`${count} tenants: ${size} bytes, drawn after ${Date.now() - start} ms\n`);
    expect(complaints).toEqual([]);
    expect(requests.map((url) => new URL(url).protocol)).toEqual(['file:']);
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)('is accessible in %s', async (colorScheme) => {
    const { page } = await opened(count, { colorScheme }, '#c1-t1');
    await page.selectOption('#c1-choose', 'c1-t1');
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });

  test('filters tenants as somebody types, and says how many are left', async () => {
    const { page, complaints } = await opened(count);
    const rows = () => shown(page, '#c1-list tbody tr');
    expect(await rows()).toBe(count);
    await page.fill('#c1-filter', 'SQUAD-0002');
    expect(await rows()).toBe(1);
    expect(await shown(page, 'section.tenant')).toBe(1);
    expect(await page.locator('#c1-t3 h4').isVisible()).toBe(true);
    const status = page.locator('form[data-filter] [role=status]');
    expect(await status.textContent()).toBe(`1 of ${count} tenants`);
    await page.fill('#c1-filter', 'nobody');
    expect(await status.textContent()).toBe(`0 of ${count} tenants`);
    await page.fill('#c1-filter', '');
    await page.selectOption('#c1-show', 'crossing');
    expect(await rows()).toBe(await page.locator('#c1-list tr[data-flags~=crossing]').count());
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

test('the page can be walked by keyboard, in order, with every focus visible', async () => {
  const { page } = await opened(3);
  const seen: string[] = [];
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.startsWith('body') || (seen.length > 0 && at === seen[0])) {
      break;
    }
    seen.push(at);
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect([at, outline]).toEqual([at, 'solid']);
  }
  const order = [
    'a Skip to the evidence',
    'a Summary',
    'select c1-choose',
    'input c1-filter',
    'select c1-show',
    'button Open all details',
    'div c1-list',
    'a squad-0000',
    'summary Details of squad-0000',
  ];
  expect(seen.filter((one) => order.includes(one))).toEqual(order);
  await page.context().close();
});

test('the skip link leads past the contents', async () => {
  const { page } = await opened(3);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('main main');
  await page.context().close();
});

test('a tenant is opened, and its details closed, by keyboard', async () => {
  const { page } = await opened(3);
  const details = page.locator('#c1-t2 details');
  await page.locator('#c1-list a').nth(1).press('Enter');
  expect(await details.evaluate((one: any) => one.open)).toBe(true);
  await page.locator('#c1-t2 summary').press('Enter');
  expect(await details.evaluate((one: any) => one.open)).toBe(false);
  await page.context().close();
});

test('a link to a tenant that the filter hides shows it', async () => {
  const { page } = await opened(80);
  await page.fill('#c1-filter', 'squad-0002');
  await page.evaluate("location.hash = '#c1-t70'");
  await page.locator('#c1-t70 table').first().waitFor({ state: 'visible' });
  expect(await page.inputValue('#c1-filter')).toBe('');
  await page.context().close();
});

test('choosing a tenant draws who reaches it', async () => {
  const { page } = await opened(80);
  await page.locator('#c1-choose').selectOption({ label: 'squad-0010' });
  const drawing = page.locator('#c1-chosen svg');
  expect(await drawing.getAttribute('aria-label')).toMatch(
    /^What reaches squad-0010 and what it reaches\. Ways: \d+\. Of these cross bounds: 1\./,
  );
  expect(await drawing.locator('.sign').count()).toBe(1);
  expect(await page.locator('#c1-chosen a').getAttribute('href')).toBe('#c1-t11');
  await page.context().close();
});

test('without scripts, all tables are there and nothing that needs them', async () => {
  const { page } = await opened(3, { javaScriptEnabled: false });
  expect(await page.locator('form:visible').count()).toBe(0);
  expect(await page.locator('#c1-list tbody tr:visible').count()).toBe(3);
  await page.locator('#c1-t1 summary').click();
  expect(await page.locator('#c1-t1 table:visible').count()).toBeGreaterThan(3);
  await page.context().close();
});

test('details are printed, though they are closed', async () => {
  const { page } = await opened(3);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate("window.dispatchEvent(new Event('beforeprint'))");
  expect(await page.locator('#c1-t1 table').first().isVisible()).toBe(true);
  await page.evaluate("window.dispatchEvent(new Event('afterprint'))");
  expect(await page.locator('#c1-t1 details').getAttribute('open')).toBeNull();
  await page.context().close();
});

test('the page can be read at 320 pixels without scrolling sideways, but for what scrolls itself', async () => {
  const { page } = await opened(3, { viewport: { width: 320, height: 800 } }, '#c1-t1');
  const width = await page.evaluate('document.documentElement.scrollWidth');
  expect(width).toBeLessThanOrEqual(320);
  await page.context().close();
});

test('a name that is a script does not run, however it is shown', async () => {
  const name =
    '"><img src=x onerror=document.title=1></option></title><script>document.title=1</script>';
  const file = path.join(directory, 'hostile.html');
  fs.writeFileSync(file, pageOfTenant(name));
  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${pathToFileURL(file).href}#c1-t1`);
  await page.selectOption('#c1-choose', 'c1-t1');
  await page.fill('#c1-filter', name);
  expect((await page.textContent('#c1-t1 h4'))!.trim()).toBe(name);
  expect((await page.textContent('#c1-chosen a'))!.trim()).toContain(name);
  expect(await page.locator('img').count()).toBe(0);
  expect([await page.title(), complaints]).toEqual(['Evidence of tenant isolation', []]);
  await page.close();
});
