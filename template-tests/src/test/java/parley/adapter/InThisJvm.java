package parley.adapter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import parley.local.aws.AwsEndpoint;
import parley.local.aws.CallLedger;
import parley.local.aws.Callers;
import parley.local.aws.FrontDoor;
import parley.local.dynamodb.DynamoDbServer;
import parley.local.dynamodb.DynamoDbService;
import parley.local.secrets.Secrets;
import parley.local.secrets.SecretsService;
import parley.local.template.Deployment;
import parley.platform.Setting;

/** The parts of the local runtime that stand in for DynamoDB and Secrets Manager. */
final class InThisJvm {
  private InThisJvm() {}

  static AwsServices start() {
    Clock clock = Clock.systemUTC();
    Deployment deployment = Deployment.read(null);
    try {
      Path folder = Files.createTempDirectory("parley");
      DynamoDbServer dynamoDb =
          DynamoDbServer.start(folder.resolve("dynamodb"), folder.resolve("native"));
      AwsEndpoint aws =
          new AwsEndpoint(new Callers(new CallLedger(clock)), Throwable::printStackTrace);
      aws.add(new DynamoDbService(dynamoDb));
      aws.add(
          new SecretsService(
              Secrets.open(deployment, folder.resolve("secrets.json"), Map.of(), clock)));
      FrontDoor door = new FrontDoor(0, aws);
      door.start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(door, dynamoDb, folder)));
      return AwsServices.at(URI.create(door.url()), deployment, signingSecret(deployment));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The ARN of the secret that the functions are told to sign tokens with. */
  static String signingSecret(Deployment deployment) {
    return deployment.ofType("AWS::Lambda::Function").stream()
        .flatMap(
            function -> function.text("Environment.Variables." + Setting.JWT_SECRET_ARN).stream())
        .findFirst()
        .orElseThrow();
  }

  private static void stop(FrontDoor door, DynamoDbServer dynamoDb, Path folder) {
    door.close();
    dynamoDb.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> innermostFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : innermostFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + folder, e);
    }
  }
}
