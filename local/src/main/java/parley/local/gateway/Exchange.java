package parley.local.gateway;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What both APIs read from a request. */
record Exchange(Request request) {
  /** API Gateway's limit on the request line and all headers together. */
  static final int MAXIMUM_HEAD_CHARACTERS = 10_240;

  String method() {
    return request.getMethod();
  }

  /** The path as sent, percent-encoded. */
  String path() {
    String path = request.getHttpURI().getPath();
    return path == null ? "/" : path;
  }

  /** The query string as sent, empty if there is none. */
  String query() {
    String query = request.getHttpURI().getQuery();
    return query == null ? "" : query;
  }

  String header(String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  String sourceIp() {
    String address = Request.getRemoteAddr(request);
    // Jetty writes IPv6 addresses in brackets, AWS does not.
    return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
  }

  /** The port that the client called. */
  int port() {
    return Request.getServerPort(request);
  }

  /** The values of each header in the order sent; the names as sent, sorted regardless of case. */
  SequencedMap<String, List<String>> headers() {
    TreeMap<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      headers
          .computeIfAbsent(field.getName(), name -> new ArrayList<>())
          .add(value == null ? "" : value);
    }
    return headers;
  }

  /** The decoded values of each query parameter in the order sent. */
  SequencedMap<String, List<String>> queryParameters() {
    SequencedMap<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query().split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] parts = pair.split("=", 2);
        parameters
            .computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
            .add(parts.length == 2 ? decode(parts[1]) : "");
      }
    }
    return parameters;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // A percent sign that encodes nothing is passed on as it is.
      return text;
    }
  }

  int urlCharacters() {
    String pathAndQuery = request.getHttpURI().getPathQuery();
    return pathAndQuery == null ? 0 : pathAndQuery.length();
  }

  boolean headIsTooLarge() {
    int characters = method().length() + urlCharacters();
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      characters += field.getName().length() + (value == null ? 0 : value.length());
    }
    return characters > MAXIMUM_HEAD_CHARACTERS;
  }

  static void answer(Response response, Callback callback, int status, byte[] json) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/json");
    response.getHeaders().put("Content-Length", json.length);
    response.write(true, ByteBuffer.wrap(json), callback);
  }
}
