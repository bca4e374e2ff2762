package parley.local;

import parley.local.aws.AwsEndpoint;
import parley.local.aws.InMemoryHttpClient;
import parley.local.lambda.Execution;
import parley.local.template.Account;
import parley.platform.aws.AwsClients;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.regions.Region;

/**
 * A function's AWS clients. Their requests are made and signed for AWS's own hosts, as on Lambda,
 * and then handed to the services here; so a path that the product gets wrong (a stage's, say) is
 * wrong here too. Each request tells during which execution of a function it was made.
 */
final class LocalClients {
  private LocalClients() {}

  static AwsClients of(String accessKey, AwsEndpoint endpoint) {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, "local"));
    return new AwsClients(
        () -> new InMemoryHttpClient(endpoint), builder -> customize(builder, credentials));
  }

  private static void customize(
      AwsClientBuilder<?, ?> builder, StaticCredentialsProvider credentials) {
    builder.region(Region.of(Account.REGION));
    builder.credentialsProvider(credentials);
    builder.overrideConfiguration(
        builder.overrideConfiguration().toBuilder()
            .addExecutionInterceptor(new CurrentExecution())
            .build());
  }

  private static final class CurrentExecution implements ExecutionInterceptor {
    @Override
    public SdkHttpRequest modifyHttpRequest(
        Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
      Execution execution = Execution.current();
      return execution == null
          ? context.httpRequest()
          : context.httpRequest().toBuilder().putHeader(Execution.HEADER, execution.id()).build();
    }
  }
}
