package parley.adapter;

import java.net.URI;
import org.junit.jupiter.api.Assumptions;
import parley.local.template.Deployment;

/** A moto server, whose DynamoDB shares no code with Amazon's. */
final class Moto {
  /** {@code -Dmoto.endpoint=http://...} names one that runs. */
  static final String ENDPOINT_PROPERTY = "moto.endpoint";

  private Moto() {}

  /** Uses the one that runs, or aborts the test that asks for it. */
  static AwsServices start() {
    String endpoint = System.getProperty(ENDPOINT_PROPERTY);
    Assumptions.assumeTrue(
        endpoint != null,
        "judges/moto.sh starts moto and names its address; the same tests ran on the stand-in in"
            + " this JVM");
    return SigningSecret.at(URI.create(endpoint), Deployment.read(null));
  }
}
