package parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReadableLineTest {
  @Test
  void aRequestIsReadWithoutWhatOnlyCloudWatchNeeds() {
    assertThat(
            ReadableLine.of(
                """
                {"timestamp":"2026-01-01T00:00:00.000Z","level":"INFO","function":"HttpFunction",\
                "requestId":"r1","action":"POST /messages","userId":"u1","outcome":"OK",\
                "durationMillis":12,"Stage":"dev","Sends":1,"DeliveryLatency":[7],"_aws":{}}"""))
        .isEqualTo(
            "HttpFunction POST /messages OK 12 ms  requestId=r1 userId=u1 Sends=1"
                + " DeliveryLatency=[7]");
  }

  @Test
  void aFaultIsReadWithItsPlaces() {
    assertThat(
            ReadableLine.of(
                """
                {"function":"HttpFunction","requestId":"r1","outcome":"INTERNAL",\
                "fault":[{"kind":"a.B","code":"XX000","at":["parley.X.y:1","parley.X.z:2"]},\
                {"kind":"c.D","at":[]}]}"""))
        .isEqualTo(
            """
            HttpFunction INTERNAL  requestId=r1
                a.B XX000
                    at parley.X.y:1
                    at parley.X.z:2
                c.D""");
  }

  @Test
  void whatIsNoLineOfAFunctionStaysAsItIs() {
    for (String line : new String[] {"GET /health 200 12 ms", "{no JSON", "{\"a\":1}", ""}) {
      assertThat(ReadableLine.of(line)).isEqualTo(line);
    }
  }
}
