package parley.bench.chat;

import java.io.IOException;
import java.net.URI;

/** A chat server in a process of its own. */
interface ChatServer extends AutoCloseable {
  String name();

  /** The address of its WebSockets. */
  URI socket();

  ProcessHandle process();

  /** Makes two users with a conversation. */
  Pair pair() throws IOException, InterruptedException;

  @Override
  void close();
}
