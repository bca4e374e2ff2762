package parley.local.postgres;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.postgresql.ds.PGSimpleDataSource;

/** Another Postgres server, named by the environment variable DATABASE_URL. */
public final class DatabaseUrl {
  private static final int LOGIN_TIMEOUT_SECONDS = 10;

  private DatabaseUrl() {}

  /**
   * Reads {@code jdbc:postgresql://host:port/database?user=...} or {@code
   * postgres://user:password@host:port/database}.
   *
   * @throws IllegalArgumentException if it is neither; the message holds no password
   */
  public static PGSimpleDataSource parse(String url) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    if (url.startsWith("jdbc:postgresql:")) {
      source.setUrl(url);
    } else if (url.startsWith("postgres://") || url.startsWith("postgresql://")) {
      URI uri = uri(url);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      source.setUrl("jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + query);
      String userInfo = uri.getRawUserInfo();
      if (userInfo != null) {
        int colon = userInfo.indexOf(':');
        source.setUser(decode(colon < 0 ? userInfo : userInfo.substring(0, colon)));
        if (colon >= 0) {
          source.setPassword(decode(userInfo.substring(colon + 1)));
        }
      }
    } else {
      throw unreadable();
    }
    source.setLoginTimeout(LOGIN_TIMEOUT_SECONDS);
    return source;
  }

  private static URI uri(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getHost() == null || uri.getRawPath().length() < 2) {
        throw unreadable();
      }
      return uri;
    } catch (IllegalArgumentException e) {
      throw unreadable();
    }
  }

  private static IllegalArgumentException unreadable() {
    return new IllegalArgumentException(
        "DATABASE_URL is neither jdbc:postgresql://host:port/database nor"
            + " postgres://user:password@host:port/database");
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
