package parley.functions.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.platform.ChatException;
import parley.platform.ErrorCode;

/** What no stock Socket.IO client sends, and what old ones and other libraries may. */
class SocketIoCodecTest {
  private static final String ID = "01934b5e-2f00-7c3a-9b1d-5e6f7a8b9c0d";
  private static final String LONGEST = "/" + "n".repeat(63);

  private final SocketIoCodec codec = new SocketIoCodec();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      ignoreLeadingAndTrailingWhitespace = false,
      textBlock =
          """
          ""|the packet is empty
          4|the message is empty
          0{}|no Engine.IO packet
          47|no Socket.IO packet
          451-['x']|binary packets
          42/admin,['join_conversation']|only the main namespace
          40/a b,|only the main namespace
          40/a"b,|only the main namespace
          42|the body is empty
          42{}|an array that begins with its name
          42[]|an array that begins with its name
          42[7]|an array that begins with its name
          421234567890123456['join_conversation']|longer than 15 digits
          42['disconnect']|reserved
          """)
  void aPacketThatCannotBeReadIsRefusedWithItsReason(String packet, String reason) {
    assertThatThrownBy(() -> codec.decode(packet.replace('\'', '"')))
        .isInstanceOfSatisfying(
            ChatException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_JSON))
        .hasMessageContaining(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"40", "40/,"})
  void theMainNamespaceMayBeNamed(String packet) {
    assertThat(codec.decode(packet)).isEqualTo(connect(Optional.empty()));
  }

  @Test
  void aNamespaceOf64CharactersIsRefusedByItsNameAndALongerOneWithout() {
    assertThat(codec.decode("40" + LONGEST + ","))
        .isEqualTo(
            new ClientFrame.Refused("44" + LONGEST + ",{\"message\":\"Invalid namespace\"}"));
    assertThatThrownBy(() -> codec.decode("40" + LONGEST + "n,")).isInstanceOf(ChatException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "Bearer abc", "bearer   abc "})
  void theTokenMayHaveItsScheme(String token) {
    assertThat(codec.decode("40{\"token\":\"" + token + "\"}"))
        .isEqualTo(connect(Optional.of("abc")));
  }

  @Test
  void theTokenIsNotInTheTextOfItsPacket() {
    assertThat(connect(Optional.of("abc")))
        .asString()
        .contains("[with token]")
        .doesNotContain("abc");
    assertThat(connect(Optional.empty())).asString().contains("[without token]");
  }

  @Test
  void anEventHasItsNameAndOneArgument() {
    assertThat(command("42[\"leave_conversation\",\"" + ID + "\"]"))
        .isInstanceOf(ClientCommand.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          42["leave_conversation"]            | MALFORMED_JSON    | a JSON object is expected
          42["leave_conversation","a","b"]    | VALIDATION_FAILED | one argument
          42["dance",{}]                      | UNKNOWN_EVENT     | no such event
          """)
  void anEventWithFewerOrMoreIsRefusedWhenItIsCarriedOut(
      String packet, ErrorCode code, String reason) {
    assertThatThrownBy(() -> command(packet))
        .isInstanceOfSatisfying(
            ChatException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(reason);
  }

  private ClientCommand command(String packet) {
    return ((ClientFrame.Request) codec.decode(packet)).command();
  }

  private static ClientFrame connect(Optional<String> token) {
    return new ClientFrame.Connect(new SocketIoConnect(token));
  }
}
