import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import 'vscode-jsonrpc/node';
import { PagePeer, pageTransport } from '../../../sidecar/rpc/pages.ts';
import { type Handlers, handle, isNothing, Peer } from '../../../sidecar/rpc/peer.ts';
import { RpcError, type RpcFailure } from '../../../sidecar/rpc/rpc-error.ts';
import { UserError } from '../../../sidecar/terms/errors.ts';

/** What the extension answers here. */
interface Host {
  readonly requests: {
    readonly double: [number, number];
    readonly refuse: [null, null];
    /** Until it is cancelled. */
    readonly wait: [null, null];
  };
  readonly news: Record<never, never>;
}

/** What a page hears. */
interface Page {
  readonly requests: Record<never, never>;
  readonly news: { readonly rows: readonly number[] };
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const areNumbers = (value: unknown): value is number[] => Array.isArray(value) && value.every(isNumber);

/** Panel and pages as VS Code joins them: one webview, and behind it one page after another. */
class Webview {
  readonly #toHost = new EventEmitter();
  readonly #toPage = new EventEmitter();
  readonly events = new EventEmitter();
  readonly heard: unknown[] = [];
  readonly posted: unknown[] = [];
  readonly host = new PagePeer<Host, Page>(
    {
      postMessage: async (message) => {
        this.posted.push(message);
        this.#toPage.emit('message', structuredClone(message));
        return true;
      },
      onDidReceiveMessage: (listener) => on(this.#toHost, listener),
    },
    (transport) =>
      new Peer(transport, this.#handlers(), { onError: (method) => this.events.emit('error-told', method) }),
  );

  page(name: string, timeout = 5000): Peer<Page, Host> {
    const transport = pageTransport(name, {
      post: (message) => this.#toHost.emit('message', structuredClone(message)),
      listen: (listener) => on(this.#toPage, listener),
    });
    const handlers = { requests: {}, news: { rows: handle(areNumbers, (rows) => void this.heard.push(rows)) } };
    return new Peer(transport, handlers, { timeout });
  }

  toHost(message: unknown): void {
    this.#toHost.emit('message', message);
  }

  toPage(message: unknown): void {
    this.#toPage.emit('message', message);
  }

  #handlers(): Handlers<Host> {
    return {
      requests: {
        double: handle(isNumber, (number) => 2 * number),
        refuse: handle(isNothing, () => {
          throw new UserError('runs/refused', 'The run does not answer.');
        }),
        wait: handle(isNothing, async (_nothing, signal) => {
          this.events.emit('waiting');
          await once(signal, 'abort');
          this.events.emit('cancelled');
          return null;
        }),
      },
      news: {},
    };
  }
}

function on(emitter: EventEmitter, listener: (data: unknown) => void) {
  emitter.on('message', listener);
  return { dispose: () => void emitter.off('message', listener) };
}

const fails = (request: Promise<unknown>, failure: RpcFailure) =>
  assert.rejects(request, (error) => error instanceof RpcError && error.failure === failure);

describe('requests between a page and the extension', () => {
  let webview: Webview;
  let page: Peer<Page, Host>;

  beforeEach(() => {
    webview = new Webview();
    page = webview.page('a');
  });
  afterEach(() => {
    page.close();
    webview.host.dispose();
  });

  it('are answered, in whatever order', async () => {
    assert.deepEqual(await Promise.all([page.request('double', 1), page.request('double', 21)]), [2, 42]);
  });

  it('fail with the message and the code that the other end gives', async () => {
    const told = once(webview.events, 'error-told');
    await assert.rejects(page.request('refuse', null), {
      failure: 'refused',
      code: 'runs/refused',
      message: 'The run does not answer.',
    });
    assert.deepEqual(await told, ['refuse']);
  });

  it('fail where the other end does not know them, or takes other parameters', async () => {
    const other = page as unknown as Peer<
      Page,
      { requests: { erase: [null, null]; double: [string, null] }; news: object }
    >;
    await fails(other.request('erase', null), 'unknown');
    await assert.rejects(other.request('double', 'two'), { failure: 'refused', message: 'double: wrong parameters' });
  });

  it('end when their time is over, and stop what they had begun', async () => {
    const cancelled = once(webview.events, 'cancelled');
    await fails(page.request('wait', null, { timeout: 20 }), 'timed-out');
    await cancelled;
  });

  it('can be given up', async () => {
    const controller = new AbortController();
    const waiting = once(webview.events, 'waiting');
    const cancelled = once(webview.events, 'cancelled');
    const request = page.request('wait', null, { signal: controller.signal, timeout: null });
    await waiting;
    controller.abort();
    await fails(request, 'cancelled');
    await cancelled;
    await fails(page.request('double', 1, { signal: AbortSignal.abort() }), 'cancelled');
  });

  it('fail when their own end closes', async () => {
    const waiting = once(webview.events, 'waiting');
    const request = page.request('wait', null);
    await waiting;
    page.close();
    await fails(request, 'closed');
    await fails(page.request('double', 1), 'closed');
  });

  it('are cancelled when the page is gone, and their answers go nowhere', async () => {
    const waiting = once(webview.events, 'waiting');
    const cancelled = once(webview.events, 'cancelled');
    page.request('wait', null).catch(() => {});
    await waiting;
    webview.host.forget();
    await cancelled;
    assert.equal(webview.host.current, null);
    // What is answered goes out in the same turn or the next.
    await setImmediate();
    assert.deepEqual(webview.posted, []);
  });

  it('of a page that was replaced are not answered to the new one', async () => {
    const waiting = once(webview.events, 'waiting');
    page.request('wait', null).catch(() => {});
    await waiting;
    const second = webview.page('b');
    // Both pages count their requests from the same number.
    const [cancelled, answer] = [once(webview.events, 'cancelled'), second.request('double', 4)];
    assert.equal(await answer, 8);
    await cancelled;
    assert.equal(await second.request('double', 5), 10);
    assert.equal(webview.posted.length, 2);
    second.close();
  });
});

describe('news for a page', () => {
  it('arrive in order, arrays as one value', async () => {
    const webview = new Webview();
    const page = webview.page('a');
    await page.request('double', 1);
    webview.host.current?.notify('rows', [1, 2]);
    webview.host.current?.notify('rows', []);
    await page.request('double', 1);
    assert.deepEqual(webview.heard, [[1, 2], []]);
    page.close();
  });
});

describe('a hostile end', () => {
  const hostile: unknown[] = [
    null,
    'rows',
    42,
    [],
    {},
    { page: 'a' },
    { page: 1, message: {} },
    { page: 'a', message: null },
    { page: 'a', message: { jsonrpc: '2.0' } },
    { page: 'a', message: { jsonrpc: '1.0', method: 'rows', params: [[9]] } },
    { page: 'a', message: { jsonrpc: '2.0', id: {}, method: 'double', params: [2] } },
    { page: 'a', message: { jsonrpc: '2.0', id: null, result: 3 } },
    { page: 'a', message: { jsonrpc: '2.0', id: 0 } },
    { page: 'a', message: { jsonrpc: '2.0', id: 999, result: 3 } },
    { page: 'a', message: { jsonrpc: '2.0', id: 0, error: 'x' } },
    { page: 'a', message: { jsonrpc: '2.0', method: '$/cancelRequest' } },
    { page: 'a', message: { jsonrpc: '2.0', method: '$/progress', params: {} } },
    { page: 'a', message: { jsonrpc: '2.0', method: 'rows', params: ['nine'] } },
    { page: 'a', message: { jsonrpc: '2.0', method: 'rows' } },
    { page: 'a', message: { jsonrpc: '2.0', method: 'constructor', params: [1] } },
    { page: 'a', message: { jsonrpc: '2.0', method: 'double', params: [1] } },
    { page: 'other', message: { jsonrpc: '2.0', method: 'rows', params: [[9]] } },
  ];

  it('is ignored by a page, which goes on', async () => {
    const webview = new Webview();
    const page = webview.page('a');
    const request = page.request('double', 5);
    for (const message of hostile) webview.toPage(message);
    assert.equal(await request, 10);
    assert.equal(await page.request('double', 6), 12);
    assert.deepEqual(webview.heard, []);
    page.close();
  });

  it('is ignored by the extension, which goes on', async () => {
    const webview = new Webview();
    const page = webview.page('a');
    await page.request('double', 5);
    // A page of another name takes the first one's place: that is its right.
    for (const message of hostile.slice(0, -1)) webview.toHost(message);
    assert.equal(await page.request('double', 6), 12);
    page.close();
    webview.host.dispose();
  });
});
