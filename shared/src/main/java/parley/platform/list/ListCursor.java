package parley.platform.list;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import parley.platform.ChatException;
import parley.platform.ErrorCode;
import parley.platform.Ids;
import parley.platform.Text;
import parley.platform.json.Json;

/**
 * Where a list goes on: the values by which it is sorted, of the last thing that was given. It
 * names a place and no row, so that it is good whatever has become of that thing. Clients hand it
 * back as it is.
 */
final class ListCursor {
  /** The end of the year 9999, up to which Postgres and ISO 8601 agree on how times are written. */
  private static final long LAST_TIME = 253_402_300_799_999L;

  private final List<String> values;

  private ListCursor(List<String> values) {
    this.values = values;
  }

  /**
   * The cursor behind a thing of a list.
   *
   * @param values what the list is sorted by: texts, ids, times to the millisecond and numbers
   */
  static ListCursor of(Listing listing, List<?> values) {
    return new ListCursor(
        Stream.concat(Stream.of(listing.name()), values.stream().map(ListCursor::write)).toList());
  }

  private static String write(Object value) {
    return switch (value) {
      case Instant time -> Long.toString(time.toEpochMilli());
      case String _, UUID _, Long _, Integer _ -> value.toString();
      default -> throw new IllegalArgumentException("no list is sorted by " + value.getClass());
    };
  }

  /** As clients get it: ASCII that needs no escape in a query. */
  String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Json.write(values).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads what {@link #text} gave.
   *
   * @throws ChatException INVALID_CURSOR, also for one of another list
   */
  static ListCursor parse(Listing listing, String text) {
    try {
      byte[] json = Base64.getUrlDecoder().decode(text);
      if (Json.read(new String(json, StandardCharsets.UTF_8)) instanceof List<?> read) {
        List<String> values = new ArrayList<>();
        read.forEach(value -> values.add(storable(value)));
        if (!values.isEmpty() && values.getFirst().equals(listing.name())) {
          return new ListCursor(List.copyOf(values));
        }
      }
    } catch (IllegalArgumentException | ChatException e) {
      throw unknown(e);
    }
    throw unknown(null);
  }

  private static String storable(@Nullable Object value) {
    if (value instanceof String text && Text.isStorable(text)) {
      return text;
    }
    throw unknown(null);
  }

  /** The value at a place, the first at 0. */
  String text(int place) {
    if (place + 1 >= values.size()) {
      throw unknown(null);
    }
    return values.get(place + 1);
  }

  UUID id(int place) {
    return Ids.find(text(place)).orElseThrow(() -> unknown(null));
  }

  /** A number that is not negative. */
  long number(int place) {
    try {
      long number = Long.parseLong(text(place));
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw unknown(e);
    }
    throw unknown(null);
  }

  Instant time(int place) {
    long time = number(place);
    if (time > LAST_TIME) {
      throw unknown(null);
    }
    return Instant.ofEpochMilli(time);
  }

  static ChatException unknown(@Nullable Throwable cause) {
    return new ChatException(
        ErrorCode.INVALID_CURSOR, "cursor must be one that came with a page of this list", cause);
  }
}
