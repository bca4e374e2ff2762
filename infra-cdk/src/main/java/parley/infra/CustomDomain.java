package parley.infra;

import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.CfnOutputProps;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.apigatewayv2.DomainName;
import software.amazon.awscdk.services.apigatewayv2.EndpointType;
import software.amazon.awscdk.services.apigatewayv2.SecurityPolicy;
import software.amazon.awscdk.services.certificatemanager.Certificate;
import software.constructs.Construct;

/**
 * A domain name of one's own for one of the two APIs.
 *
 * @param name {@code chat.example.com}
 * @param certificateArn of an ACM certificate for it, in the region of the stack: the domain is a
 *     regional one, as WebSocket APIs have no other
 */
record CustomDomain(String name, String certificateArn) {
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,63}");
  private static final Pattern CERTIFICATE =
      Pattern.compile("arn:aws[a-z-]*:acm:[a-z0-9-]+:[0-9]{12}:certificate/[0-9a-f-]{36}");

  /** {@code arn:partition:service:region:account:resource}. */
  private static final int REGION_OF_ARN = 3;

  /**
   * Reads the keys {@code <api>Domain} and {@code <api>Certificate}, which come together or not at
   * all.
   *
   * @param region where the stacks go, if the context says so
   */
  static Optional<CustomDomain> of(ContextValues values, String api, Optional<String> region) {
    String nameKey = api + "Domain";
    String certificateKey = api + "Certificate";
    Optional<String> name = values.find(nameKey, NAME, "a host name such as chat.example.com");
    Optional<String> certificate =
        values.find(certificateKey, CERTIFICATE, "the ARN of an ACM certificate");
    if (name.isPresent() != certificate.isPresent()) {
      throw name.isPresent()
          ? ContextValues.invalid(nameKey, name.get(), "given together with " + certificateKey)
          : ContextValues.invalid(
              certificateKey, certificate.orElseThrow(), "given together with " + nameKey);
    }
    certificate.ifPresent(arn -> requireRegion(certificateKey, arn, region));
    return name.map(host -> new CustomDomain(host, certificate.orElseThrow()));
  }

  /**
   * Makes the domain in API Gateway.
   *
   * @param parent the part of the stack that it is for
   * @param output the name of the stack's output that tells where the name must point in DNS
   */
  DomainName create(Stack stack, Construct parent, String output) {
    DomainName domain =
        DomainName.Builder.create(parent, "Domain")
            .domainName(name)
            .certificate(Certificate.fromCertificateArn(parent, "Certificate", certificateArn))
            .endpointType(EndpointType.REGIONAL)
            .securityPolicy(SecurityPolicy.TLS_1_2)
            .build();
    new CfnOutput(
        stack,
        output,
        CfnOutputProps.builder()
            .description("what a CNAME or ALIAS record of " + name + " must point to")
            .value(domain.getRegionalDomainName())
            .build());
    return domain;
  }

  private static void requireRegion(String key, String arn, Optional<String> region) {
    String certified = arn.split(":", -1)[REGION_OF_ARN];
    region
        .filter(here -> !here.equals(certified))
        .ifPresent(
            here -> {
              throw ContextValues.invalid(key, arn, "a certificate in " + here);
            });
  }
}
