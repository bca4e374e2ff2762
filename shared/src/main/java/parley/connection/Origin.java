package parley.connection;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import parley.user.UserId;

/**
 * Where a connection comes from, for the limits on {@link OpeningTable openings}: the user whose
 * token came with the handshake, or else an IPv4 address, or the first 64 bits of an IPv6 address,
 * because a subscriber usually gets a whole /64 (RFC 6177).
 *
 * @param value {@code user ID}, {@code 203.0.113.24}, {@code 2001:db8:0:1::/64} or {@code unknown}
 */
public record Origin(String value) {
  private static final String USER = "user ";

  /** What an address that cannot be read counts as; all of them share one limit. */
  private static final Origin UNKNOWN = new Origin("unknown");

  /** A user who is known when the connection opens. */
  public static Origin of(UserId user) {
    return new Origin(USER + user.value());
  }

  /**
   * The origin of a client that is known by its address only.
   *
   * @param address as API Gateway tells it in {@code requestContext.identity.sourceIp}
   */
  public static Origin ofAddress(@Nullable String address) {
    if (address == null) {
      return UNKNOWN;
    }
    try {
      int zone = address.indexOf('%');
      InetAddress parsed = InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone));
      // An IPv4 address that is written as an IPv6 one is parsed as what it is.
      return new Origin(
          parsed instanceof Inet4Address ? parsed.getHostAddress() : prefix(parsed.getAddress()));
    } catch (IllegalArgumentException e) {
      return UNKNOWN;
    }
  }

  private static String prefix(byte[] address) {
    ByteBuffer groups = ByteBuffer.wrap(address);
    return "%x:%x:%x:%x::/64"
        .formatted(
            Short.toUnsignedInt(groups.getShort()),
            Short.toUnsignedInt(groups.getShort()),
            Short.toUnsignedInt(groups.getShort()),
            Short.toUnsignedInt(groups.getShort()));
  }

  /** Whether it is a user's. */
  boolean isUser() {
    return value.startsWith(USER);
  }
}
