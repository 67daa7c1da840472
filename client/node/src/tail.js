// Following the log: an async iterator of events, none skipped and none twice, also over lost
// connections.

export class Tail {
  #core;
  #state;
  #follow;
  #waiting = [];
  #closed = false;

  constructor(core, state, follow) {
    this.#core = core;
    this.#state = state;
    this.#follow = follow;
    state.onChange = () => this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting.splice(0)) {
      wake();
    }
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** The seq to go on from, here or in another process: what lies before it was taken. */
  get position() {
    return this.#state.next;
  }

  /** Everything that was stored when the tail began has been taken. */
  get live() {
    return this.#state.live && this.#state.empty;
  }

  async next() {
    const state = this.#state;
    while (state.empty || this.#closed) {
      if (this.#closed || (state.live && !this.#follow)) {
        return { done: true, value: undefined };
      }
      if (state.error !== null) {
        throw state.error;
      }
      await new Promise((resolve) => {
        this.#waiting.push(resolve);
      });
    }
    const value = state.take();
    this.#core.giveCredit(state);
    return { done: false, value };
  }

  /** What `for await` calls when it is left. */
  async return() {
    this.close();
    return { done: true, value: undefined };
  }

  close() {
    this.#closed = true;
    this.#core.stopTail(this.#state);
    this.#wake();
  }
}
