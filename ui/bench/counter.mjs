// Asks count.js, in a worker of a name, what it has counted.
export class Counter {
  #channel; #waiting;
  constructor(name) {
    this.#channel = new BroadcastChannel(`bench ${name}`);
    this.#channel.onmessage = ({ data }) => { if (data !== 'take') this.#waiting?.(data); };
  }

  // take gives the counts since it was called last, and the memory now.
  take() {
    return new Promise(done => { this.#waiting = done; this.#channel.postMessage('take'); });
  }
}
