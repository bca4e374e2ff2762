package parley.functions.socket;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;

/** What a client's frame is, in whatever protocol. */
public sealed interface ClientFrame {
  /**
   * The client asks for something.
   *
   * @param id what to answer under, null if no answer is wanted
   * @param reader gives the command, or throws the {@link ChatException} that answers it
   */
  record Request(@Nullable Object id, Supplier<ClientCommand> reader) implements ClientFrame {
    ClientCommand command() {
      return reader.get();
    }
  }

  /** The client says who it is. */
  record Connect(SocketIoConnect packet) implements ClientFrame {}

  /**
   * The client asks for what this server does not have, and is told so.
   *
   * @param answer the frame that tells it
   */
  record Refused(String answer) implements ClientFrame {}

  /** The client leaves. */
  record Leave() implements ClientFrame {}

  /** Nothing is to be done: the answer to a ping, say. */
  record Nothing() implements ClientFrame {}
}
