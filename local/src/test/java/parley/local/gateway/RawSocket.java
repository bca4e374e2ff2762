package parley.local.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that sends whatever frames it is told to. */
final class RawSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final Socket socket;
  private final DataInputStream input;
  private final OutputStream output;

  record Frame(int opCode, boolean last, byte[] payload) {
    int closeCode() {
      return ByteBuffer.wrap(payload).getShort() & 0xffff;
    }

    String closeReason() {
      return new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
    }
  }

  private RawSocket(Socket socket) throws IOException {
    this.socket = socket;
    this.input = new DataInputStream(socket.getInputStream());
    this.output = socket.getOutputStream();
    socket.setSoTimeout(10_000);
  }

  /** Connects and upgrades. */
  static RawSocket open(int port) throws IOException {
    RawSocket raw = request(port, "GET", "/ws", upgradeHeaders());
    String head = raw.head();
    if (!head.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(head);
    }
    return raw;
  }

  static String upgradeHeaders() {
    return """
        Connection: Upgrade\r
        Upgrade: websocket\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        Sec-WebSocket-Extensions: permessage-deflate\r
        """;
  }

  /** Sends a request without a body. */
  static RawSocket request(int port, String method, String target, String headers)
      throws IOException {
    RawSocket raw = new RawSocket(new Socket("localhost", port));
    String head = "%s %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n".formatted(method, target, headers);
    raw.output.write(head.getBytes(StandardCharsets.ISO_8859_1));
    return raw;
  }

  /** The status line and the headers of the response. */
  String head() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(input.readByte());
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  void send(int opCode, boolean last, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (opCode | (last ? 0x80 : 0)));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    // A mask of zeros leaves the payload as it is.
    frame.putInt(0).put(payload);
    output.write(frame.array(), 0, frame.position());
  }

  Frame receive() throws IOException {
    int first = input.readUnsignedByte();
    long length = input.readUnsignedByte();
    if (length == 126) {
      length = input.readUnsignedShort();
    } else if (length == 127) {
      length = input.readLong();
    }
    return new Frame(first & 15, (first & 0x80) != 0, input.readNBytes((int) length));
  }

  /** Whether the server has cut the link. */
  boolean isAtEnd() throws IOException {
    return input.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
