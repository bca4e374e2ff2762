package parley.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.local.gateway.GatewayFixture.DEFAULT;
import static parley.local.gateway.GatewayFixture.DISCONNECT;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
  private static final int FRAME = 32 * 1024;

  private final GatewayFixture fixture = new GatewayFixture();
  private RawSocket raw;

  @BeforeEach
  void open() throws IOException {
    raw = RawSocket.open(fixture.gateway.port());
  }

  @AfterEach
  void close() throws IOException {
    raw.close();
    fixture.close();
  }

  @Test
  void aMessageOf128KilobytesInFramesOf32IsTaken() throws IOException {
    sendFrames(FRAME, FRAME, FRAME, FRAME);

    String body = fixture.functions.event(DEFAULT).path("body").asText();
    assertThat(body).hasSize(128 * 1024);
  }

  @Test
  void aLargerMessageIsClosedWith1009() throws IOException {
    sendFrames(FRAME, FRAME, FRAME, FRAME, 1);

    assertClosedWith(1009);
    assertThat(fixture.functions.waitingEvents(DEFAULT)).isZero();
  }

  @Test
  void aLargerFrameIsClosedWith1009() throws IOException {
    sendFrames(FRAME + 1);

    assertClosedWith(1009);
    assertThat(fixture.functions.waitingEvents(DEFAULT)).isZero();
  }

  @Test
  void aMuchLargerFrameIsClosedWith1009() throws IOException {
    sendFrames(4 * 1024 * 1024);

    assertClosedWith(1009);
  }

  @Test
  void aBinaryFrameIsClosedWith1003() throws IOException {
    raw.send(RawSocket.BINARY, true, new byte[] {1, 2, 3});

    assertClosedWith(1003);
  }

  @Test
  void aClientThatIsStillSendingSeesTheCloseCodeToo() throws IOException {
    int[] frames = new int[64];
    Arrays.fill(frames, 128 * 1024);

    sendFrames(frames);

    assertClosedWith(1009);
  }

  @Test
  void aLongBinaryMessageIsClosedWith1003() throws IOException {
    raw.send(RawSocket.BINARY, false, new byte[128 * 1024]);
    raw.send(RawSocket.CONTINUATION, true, new byte[128 * 1024]);

    assertClosedWith(1003);
  }

  @Test
  void textThatIsNotUtf8IsClosedWith1007() throws IOException {
    raw.send(RawSocket.TEXT, true, new byte[] {(byte) 0xff});

    assertClosedWith(1007);
  }

  @Test
  void aCharacterMayBeCutInTwoByFrames() throws IOException {
    byte[] euro = "€".getBytes(StandardCharsets.UTF_8);
    raw.send(RawSocket.TEXT, false, Arrays.copyOf(euro, 1));
    raw.send(RawSocket.CONTINUATION, true, Arrays.copyOfRange(euro, 1, 3));

    assertThat(fixture.functions.event(DEFAULT).path("body").asText()).isEqualTo("€");
  }

  @Test
  void aPingIsAnsweredWithItsPayload() throws IOException {
    raw.send(RawSocket.PING, true, new byte[] {7});

    RawSocket.Frame frame = raw.receive();
    assertThat(frame.opCode()).isEqualTo(RawSocket.PONG);
    assertThat(frame.payload()).containsExactly(7);
  }

  @Test
  void anEmptyPingIsAnsweredToo() throws IOException {
    raw.send(RawSocket.PING, true, new byte[0]);

    assertThat(raw.receive().opCode()).isEqualTo(RawSocket.PONG);
  }

  /** Sends one text message in frames of these sizes. */
  private void sendFrames(int... sizes) throws IOException {
    for (int i = 0; i < sizes.length; i++) {
      byte[] payload = new byte[sizes[i]];
      Arrays.fill(payload, (byte) 'a');
      int opCode = i == 0 ? RawSocket.TEXT : RawSocket.CONTINUATION;
      raw.send(opCode, i == sizes.length - 1, payload);
    }
  }

  private void assertClosedWith(int code) throws IOException {
    RawSocket.Frame frame = raw.receive();
    assertThat(frame.opCode()).isEqualTo(RawSocket.CLOSE);
    assertThat(frame.closeCode()).isEqualTo(code);
    assertThat(raw.isAtEnd()).isTrue();
    assertThat(
            fixture.functions.event(DISCONNECT).at("/requestContext/disconnectStatusCode").asInt())
        .isEqualTo(code);
  }
}
