// A stock Socket.IO client that a test drives: it takes commands and tells what happens, one JSON
// object a line. Arguments: the package of the client, the server's address, its options as JSON.
const readline = require('readline');

const [library, url, options] = process.argv.slice(2);
const { io } = require(library);
const { token, ...rest } = JSON.parse(options);
let auth = token === undefined ? {} : { token };
const socket = io(url, { ...rest, auth: (send) => send(auth) });
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');

socket.on('connect', () => tell({ on: 'connect', id: socket.id }));
socket.on('disconnect', (reason) => tell({ on: 'disconnect', reason }));
socket.on('connect_error', (error) =>
  tell({ on: 'connect_error', message: error.message, data: error.data ?? null }));
socket.onAny((name, ...args) => tell({ on: 'event', name, args }));

const answer = (number) => (...args) => tell({ on: 'answer', number, args });
const commands = {
  emit: ({ name, args }) => socket.emit(name, ...args),
  ask: ({ number, name, args }) => socket.emit(name, ...args, answer(number)),
  askWithin: ({ number, millis, name, args }) =>
    socket.timeout(millis).emit(name, ...args, answer(number)),
  emitWithAck: ({ number, name, args }) => socket.emitWithAck(name, ...args).then(answer(number)),
  authenticate: ({ token }) => (auth = { token }),
  connect: () => socket.connect(),
  disconnect: () => socket.disconnect(),
};
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const command = JSON.parse(line);
    commands[command.do](command);
  })
  // The test has ended, or died.
  .on('close', () => process.exit(0));
