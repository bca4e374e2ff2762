package parley.functions.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

/**
 * A request's body as API Gateway hands it over. The content type decides how: a body of type
 * {@code application/json} (or another text type) comes as text, any other and one without a type
 * in Base64.
 *
 * @param handed text or Base64, empty if there is no body
 */
record RequestBody(String handed, boolean base64) {
  /** Far more than the longest message takes in JSON, which escapes a character in 12 at most. */
  private static final int MAX_CHARACTERS = 65_536;

  private static final char REPLACEMENT = '\ufffd';

  /**
   * Decodes the body.
   *
   * @throws ChatException PAYLOAD_TOO_LARGE; MALFORMED_JSON if it is not UTF-8, as JSON has to be
   *     (RFC 8259, 8.1)
   */
  String text() {
    String text = base64 ? decode() : handed;
    if (text.length() > MAX_CHARACTERS) {
      throw new ChatException(
          ErrorCode.PAYLOAD_TOO_LARGE, "the body has more than " + MAX_CHARACTERS + " characters");
    }
    if (!base64 && text.indexOf(REPLACEMENT) >= 0) {
      // API Gateway has put it in place of bytes that are not UTF-8. A body that really has the
      // character looks the same, so the character has to be escaped there.
      throw notUtf8();
    }
    return text;
  }

  private String decode() {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(handed));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw notUtf8();
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the gateway's Base64 is broken", e);
    }
  }

  private static ChatException notUtf8() {
    return new ChatException(
        ErrorCode.MALFORMED_JSON,
        "the body is not UTF-8, or has U+FFFD unescaped: write \\ufffd for it");
  }
}
