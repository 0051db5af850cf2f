// A telephone menu in plain Node 18 or newer: `node ivr.js [port]`. Nothing to install: copy it, change a line, call again.
// What callers hear comes first, what every application of Tipring needs comes last. TRACE=1 prints every message.
'use strict';
const crypto = require('node:crypto');
const http = require('node:http');

const MENU = 'For the time, press 1. To hear yourself, press 2. To have your digits read back, press 3.';

async function ivr(call) {
  call.answer();
  let prompt = `Welcome. ${MENU}`;
  for (let silences = 0; silences < 3; ) {
    const { digits, reason } = await call.gather(prompt, { max: 1, finish_on_key: '', timeout: 5_000 });
    silences = reason === 'no_input' ? silences + 1 : 0;
    prompt = MENU;
    if (digits === '1') {
      await call.say(`It is ${new Date().toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })}.`);
    } else if (digits === '2') {
      await call.say('Speak now, and press any key to come back.');
      call.echo();
      await call.gather('', { max: 1, finish_on_key: '', timeout: 60_000 });
      await call.say('That was you.'); // takes the place of an echo that no key has ended
    } else if (digits === '3') {
      const typed = await call.gather('Type four digits.', { min: 4, max: 4, timeout: 20_000 });
      console.log(`${call.id} from ${call.from} typed ${typed.digits}`);
      await call.say(typed.digits ? `You typed ${[...typed.digits].join(', ')}.` : 'You typed nothing.');
    } else if (digits) {
      prompt = `That is not on the menu. ${MENU}`;
    }
  }
  await call.say('Goodbye.');
  call.hangUp();
}

// ---- Control v1: docs/protocol/control-v1.md -----------------------------------------------------------------------------

/**
 * One connection, which is one call. A connection that breaks is made again, perhaps to a process that knows nothing of the
 * call. So nothing is kept: the menu runs again from its first line, Tipring tells again what has happened, and an operation
 * it had before, which it knows by its id, is not done twice. In a moment the menu is where it was.
 */
class Call {
  constructor(connection) {
    this.connection = connection;
    this.waiting = new Map(); // ends that are awaited, by the id of their operation
    this.ended = new Map(); // ends that came before anybody awaited them
    this.prefix = '';
    this.operations = 0;
  }

  answer() {
    if (this.state !== 'answered') this.send('answer', 'answer', {}); // what sounds waits for it by itself
  }
  say(text) {
    return this.perform('say', { text, replace: true });
  }
  gather(prompt, digits) {
    return this.perform('gather', { digits, prompt: prompt ? [{ type: 'speech', text: prompt }] : [], replace: true });
  }
  echo() {
    this.begin('echo', {});
  }
  hangUp() {
    this.begin('hang_up', {});
  }

  /** Asks for an operation and waits for its end: its outcome, or why it was cancelled. */
  perform(type, data) {
    return new Promise((resolve, reject) => {
      const id = this.begin(type, data);
      this.waiting.set(id, { resolve, reject });
      if (this.ended.has(id)) this.settle(id, this.ended.get(id));
    });
  }
  begin(type, data) {
    const id = `${this.prefix}${type}-${++this.operations}`; // the same one when the menu runs again
    this.send(id, type, data);
    return id;
  }
  send(id, type, data) {
    const message = JSON.stringify({ id, type, data });
    if (process.env.TRACE) console.log(`${this.id} < ${message}`);
    this.connection.send(message);
  }

  heard(text) {
    const message = JSON.parse(text);
    if (process.env.TRACE) console.log(`${message.call} > ${text}`);
    switch (message.type) {
      case 'session.started':
        Object.assign(this, { id: message.call, from: message.data.call.from, state: message.data.call.state });
        if (message.data.reason === 'resumed') this.send('resume', 'resume', { after: '0:0' }); // before everything
        return void this.run();
      case 'operation.succeeded':
      case 'operation.failed':
      case 'operation.cancelled':
        return this.settle(message.ref, message);
      case 'dropped': // too much was missed to know where the menu was: once more from the top, as something new
        this.prefix = `${crypto.randomUUID()}-`;
        this.waiting.clear();
        return void this.run();
      case 'error':
        if (message.data.code !== 'duplicate_id') this.settle(message.ref, message);
    }
  }
  async run() {
    try {
      await ivr(this);
    } catch (e) {
      if (this.connection.open && e.refusal !== 'leg_ended') {
        console.error(`${this.id}:`, e);
        this.hangUp();
      }
    }
  }
  settle(id, { type, data }) {
    const asker = this.waiting.get(id);
    this.waiting.delete(id);
    if (!asker) this.ended.set(id, { type, data });
    else if (type === 'operation.succeeded') asker.resolve(data.outcome);
    else if (type === 'operation.cancelled') asker.resolve(data);
    else asker.reject(Object.assign(new Error(`${id}: ${JSON.stringify(data)}`), data));
  }
  /** The connection is gone; where it is made again, that is another Call. */
  closed() {
    for (const { reject } of this.waiting.values()) reject(new Error('the connection is gone'));
    this.waiting.clear();
  }
}

/** Whether Tipring signed the request with our secret (`whsec_...` in the environment); true when we have none. */
function isSigned({ url, headers }) {
  if (!process.env.SECRET) return true;
  const key = Buffer.from(process.env.SECRET.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${url}`;
  const wanted = Buffer.from(`v1,${crypto.createHmac('sha256', key).update(signed).digest('base64')}`);
  const given = (headers['webhook-signature'] ?? '').split(' ').map((signature) => Buffer.from(signature));
  const isRecent = Math.abs(Date.now() / 1000 - headers['webhook-timestamp']) < 300;
  return isRecent && given.some((it) => it.length === wanted.length && crypto.timingSafeEqual(it, wanted));
}

// ---- WebSocket, RFC 6455 -------------------------------------------------------------------------------------------------

const PROTOCOL = 'v1.control.tipring';
const LONGEST = 1 << 20; // bytes of a message
const SILENCE = 120_000; // ms: Tipring asks more often whether we are there
const [CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG] = [0, 1, 2, 8, 9, 10];

/** The server's side of one connection; `owner` is told what is heard, and once that it is closed. */
class WebSocket {
  constructor(socket, head) {
    this.socket = socket;
    this.open = true;
    this.bytes = head; // not understood yet
    this.fragments = null; // of a message that is not whole yet
  }
  listen(owner) {
    this.owner = owner;
    this.socket.setNoDelay(true).setTimeout(SILENCE, () => this.socket.destroy());
    this.socket.on('data', (chunk) => this.read(chunk)).on('error', () => {}); // 'close' follows
    this.socket.on('close', () => {
      this.open = false;
      owner.closed();
    });
    this.read(Buffer.alloc(0));
  }
  send(text) {
    this.write(TEXT, Buffer.from(text));
  }
  write(opcode, payload) {
    if (!this.open) return;
    const { length } = payload;
    if (length > 0xffff) throw new RangeError('Tipring takes 64 KiB in a message');
    const size = length < 126 ? [length] : [126, length >> 8, length & 0xff];
    this.socket.write(Buffer.concat([Buffer.from([0x80 | opcode, ...size]), payload])); // a server does not mask
  }
  close(code) {
    this.write(CLOSE, Buffer.from([code >> 8, code & 0xff]));
    this.open = false;
    this.socket.end();
  }

  read(chunk) {
    this.bytes = this.bytes.length ? Buffer.concat([this.bytes, chunk]) : chunk;
    try {
      while (this.open && this.readFrame());
    } catch (e) {
      console.error(e);
      this.close(e instanceof TypeError ? 1007 : 1011); // 1007: not UTF-8
    }
  }
  /** False when the next frame is not whole yet. */
  readFrame() {
    const { bytes } = this;
    if (bytes.length < 2) return false;
    const [short, start] = [bytes[1] & 0x7f, { 126: 4, 127: 10 }[bytes[1] & 0x7f] ?? 2];
    if (bytes.length < start + 4) return false;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
    const [final, opcode] = [bytes[0] & 0x80, bytes[0] & 0x0f];
    const isControl = opcode >= CLOSE;
    const isUnfit = bytes[0] & 0x70 || !(bytes[1] & 0x80) || (isControl && (!final || length > 125));
    if (isUnfit) return this.close(1002); // 5.1, 5.2, 5.5: a client masks, nobody agreed on extensions
    if (length > LONGEST) return this.close(1009);
    if (bytes.length < start + 4 + length) return false;
    const payload = Buffer.from(bytes.subarray(start + 4, start + 4 + length));
    for (let i = 0; i < length; i++) payload[i] ^= bytes[start + (i & 3)];
    this.bytes = bytes.subarray(start + 4 + length);
    this.take(opcode, final, payload);
    return true;
  }
  take(opcode, final, payload) {
    if (opcode === PING) return this.write(PONG, payload);
    if (opcode === PONG) return;
    if (opcode === CLOSE) return this.close(payload.length >= 2 ? payload.readUInt16BE(0) : 1000);
    if (opcode === BINARY) return this.close(1003);
    if (opcode > TEXT || (opcode === CONTINUATION) !== (this.fragments !== null)) return this.close(1002);
    this.fragments = [...(this.fragments ?? []), payload];
    const whole = Buffer.concat(this.fragments);
    if (whole.length > LONGEST) return this.close(1009);
    if (!final) return;
    this.fragments = null;
    this.owner.heard(new TextDecoder('utf-8', { fatal: true }).decode(whole));
  }
}

function onUpgrade(request, socket, head) {
  const { headers } = request;
  const refuse = (status) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  socket.on('error', () => {});
  if (headers['sec-websocket-version'] !== '13' || !headers['sec-websocket-key']) return refuse('400 Bad Request');
  if (!offered.includes(PROTOCOL)) return refuse('400 Bad Request');
  if (!isSigned(request)) return refuse('401 Unauthorized');
  const accept = crypto.createHash('sha1').update(headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11');
  socket.write(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
      `Sec-WebSocket-Accept: ${accept.digest('base64')}\r\nSec-WebSocket-Protocol: ${PROTOCOL}\r\n\r\n`,
  );
  const connection = new WebSocket(socket, head);
  connection.listen(new Call(connection));
}

// It takes orders from whoever reaches it: for this machine alone, unless there is a SECRET.
const [port, host] = [Number(process.argv[2] ?? 9000), process.env.SECRET ? undefined : '127.0.0.1'];
http
  .createServer((_, response) => response.writeHead(426, { Upgrade: 'websocket' }).end())
  .on('upgrade', onUpgrade)
  .listen(port, host, function () {
    console.log(`ws://127.0.0.1:${this.address().port}/ waits for calls`);
  });
