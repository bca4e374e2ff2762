package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import parley.contract.Contract;

/** What the pages of other origins may read of an answer. */
class CorsTemplateTest {
  /** What a page may always read: the CORS-safelisted response headers (Fetch, 2.2.2). */
  private static final Set<String> SAFELISTED =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  @Test
  void aPageMayReadEveryHeaderOfTheContract() {
    Set<String> wanted = new TreeSet<>();
    JsonNode contract = Contract.load().openApi();
    for (JsonNode part : List.of(contract.path("paths"), contract.at("/components/responses"))) {
      for (JsonNode headers : part.findValues("headers")) {
        headers.fieldNames().forEachRemaining(name -> wanted.add(name.toLowerCase(Locale.ROOT)));
      }
    }
    wanted.removeAll(SAFELISTED);
    Set<String> exposed = new TreeSet<>();
    Synthesis.standard().resources("AWS::ApiGatewayV2::Api").stream()
        .flatMap(api -> api.at("/Properties/CorsConfiguration/ExposeHeaders").valueStream())
        .forEach(name -> exposed.add(name.asText()));

    assertThat(wanted).contains("allow", "retry-after", "www-authenticate");
    assertThat(exposed).containsAll(wanted).contains("next-cursor");
  }
}
