package parley.sync;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;

/**
 * How far a client has read. The server keeps nothing of it, and it says nothing of whose it is.
 */
sealed interface Cursor {
  /** The feed has been read up to here. */
  Position position();

  /** A row of the feed: the transaction that wrote it, and its id. */
  record Position(String xid, UUID id) {}

  /** The state is known as of this position. */
  record Caught(Position position) implements Cursor {}

  /**
   * What is not settled yet is being read, page by page.
   *
   * @param position up to where the state is known for good, and where to go on after the last page
   * @param read the last row that was read
   */
  record Ahead(Position position, Position read) implements Cursor {}

  /**
   * The state is still being read: in the order of the types, each in the order of its ids.
   *
   * @param position where the feed was when the reading began, and where to go on after it
   * @param after the last of this type that was read, the lowest possible id at its start
   */
  record Starting(Position position, SyncType type, UUID after) implements Cursor {}

  Pattern FORM =
      Pattern.compile(
          "([0-9]{1,19}):([0-9a-f-]{36})(?::([A-Z_]{1,40}|[0-9]{1,19}):([0-9a-f-]{36}))?");

  /** As clients get it. */
  default String text() {
    String rest =
        switch (this) {
          case Caught _ -> "";
          case Ahead(_, Position read) -> ":" + read.xid() + ":" + read.id();
          case Starting(_, SyncType type, UUID after) -> ":" + type + ":" + after;
        };
    String text = position().xid() + ":" + position().id() + rest;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws ChatException INVALID_CURSOR
   */
  static Cursor parse(String text) {
    try {
      Matcher matcher =
          FORM.matcher(
              new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1));
      if (matcher.matches()) {
        Position position = position(matcher.group(1), matcher.group(2));
        return matcher.group(3) == null
            ? new Caught(position)
            : further(position, matcher.group(3), matcher.group(4));
      }
    } catch (IllegalArgumentException | ChatException e) {
      // Told below.
    }
    throw unknown();
  }

  private static Cursor further(Position position, String what, String id) {
    return Character.isDigit(what.charAt(0))
        ? new Ahead(position, position(what, id))
        : new Starting(position, SyncType.valueOf(what), Ids.parse("cursor", id));
  }

  private static Position position(String xid, String id) {
    return new Position(Long.toString(Long.parseLong(xid)), Ids.parse("cursor", id));
  }

  /** What is told of a cursor that the server never gave. */
  static ChatException unknown() {
    return new ChatException(ErrorCode.INVALID_CURSOR, "cursor must be one that /sync gave");
  }
}
