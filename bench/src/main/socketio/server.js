// A chat server of the usual make: one Node process, Socket.IO, Postgres through a pool. A message is
// checked, stored with the conversation's last message in one transaction, sent to the rooms of both
// users, and acked. Nothing is numbered, retried, caught up or delivered after a crash.
// Prints its port when it listens. Argument: the URL of the database, which it fills anew.
const { createServer } = require('http');
const { randomUUID } = require('crypto');
const { Pool } = require('pg');
const { Server } = require('socket.io');

const pool = new Pool({ connectionString: process.argv[2], max: 10 });
const SCHEMA = `
  drop schema public cascade;
  create schema public;
  create table users (id uuid primary key, name text not null);
  create table conversations (
    id uuid primary key,
    user_a uuid not null references users,
    user_b uuid not null references users,
    last_message text,
    last_message_at timestamptz);
  create table messages (
    id uuid primary key,
    conversation_id uuid not null references conversations,
    sender_id uuid not null references users,
    client_id text not null,
    content text not null,
    created_at timestamptz not null default now(),
    unique (sender_id, client_id));
  create index on messages (conversation_id, created_at);`;

/** Makes two users with a conversation; the token of a user is its id. */
async function pair() {
  const [a, b, id] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query("insert into users values ($1, 'Ann'), ($2, 'Ben')", [a, b]);
  await pool.query('insert into conversations (id, user_a, user_b) values ($1, $2, $3)', [id, a, b]);
  return { conversationId: id, tokens: [a, b] };
}

async function store(sender, { conversationId, content, clientId }) {
  const found = await pool.query(
    'select user_a, user_b from conversations where id = $1 and $2 in (user_a, user_b)',
    [conversationId, sender]);
  if (found.rowCount === 0) throw new Error('not a participant');
  const client = await pool.connect();
  try {
    await client.query('begin');
    const { rows: [message] } = await client.query(
      `insert into messages (id, conversation_id, sender_id, client_id, content)
       values ($1, $2, $3, $4, $5)
       returning id, conversation_id as "conversationId", sender_id as "senderId", content,
         client_id as "clientId", created_at as "createdAt"`,
      [randomUUID(), conversationId, sender, clientId, content]);
    await client.query(
      'update conversations set last_message = $2, last_message_at = $3 where id = $1',
      [conversationId, content, message.createdAt]);
    await client.query('commit');
    return { message, users: [found.rows[0].user_a, found.rows[0].user_b] };
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

const http = createServer(async (request, response) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(await pair()));
});
const io = new Server(http);
io.use((socket, next) => {
  socket.data.user = socket.handshake.auth.token;
  next();
});
io.on('connection', (socket) => {
  socket.join(socket.data.user);
  socket.on('send_message', async (data, ack) => {
    try {
      const { message, users } = await store(socket.data.user, data);
      const conversation = {
        id: message.conversationId,
        lastMessage: message.content,
        lastMessageAt: message.createdAt,
      };
      io.to(users).emit('message:new', { message, conversation });
      ack({ message, conversation });
    } catch (error) {
      ack({ error: { message: error.message } });
    }
  });
});
pool.query(SCHEMA).then(() =>
  http.listen(0, '127.0.0.1', () => process.stdout.write(`${http.address().port}\n`)));
