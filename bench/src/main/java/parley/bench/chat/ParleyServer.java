package parley.bench.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import parley.bench.client.Api;

/** Parley as {@code ./mvnw -Plocal} runs it. */
final class ParleyServer implements ChatServer {
  private final Child child;
  private final Api api;
  private final URI socket;
  private final AtomicInteger registered = new AtomicInteger();

  private ParleyServer(Child child, Api api, URI socket) {
    this.child = child;
    this.api = api;
    this.socket = socket;
  }

  /**
   * Starts it.
   *
   * @param data its folder
   */
  static ParleyServer start(HttpClient client, Path data, String databaseUrl) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:+UseSerialGC");
    command.addAll(
        Arrays.asList(
            "-Dparley.data=" + data,
            "-Dparley.follow=true",
            "-classpath",
            System.getProperty("java.class.path"),
            "parley.local.Main"));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PORT", "0");
    builder.environment().put("AWS_PORT", "0");
    builder.environment().put("DATABASE_URL", databaseUrl);
    Child child = Child.start(builder);
    String http = lastWord(child.awaitLine(line -> line.contains("HTTP API ")));
    String socket = lastWord(child.awaitLine(line -> line.contains("WebSocket API ")));
    child.drain();
    return new ParleyServer(child, new Api(client, http), URI.create(socket));
  }

  private static String lastWord(String line) {
    return line.replaceFirst(".*\\s", "");
  }

  Api api() {
    return api;
  }

  @Override
  public String name() {
    return "Parley";
  }

  @Override
  public URI socket() {
    return socket;
  }

  @Override
  public ProcessHandle process() {
    return child.handle();
  }

  @Override
  public Pair pair() throws IOException, InterruptedException {
    String ann = register();
    String ben = register();
    api.befriend(ann, ben);
    return new Pair(api.conversation(ann, ben), ann, ben);
  }

  /** Makes a user and returns their access token. */
  String register() throws IOException, InterruptedException {
    return api.register("user" + registered.incrementAndGet());
  }

  @Override
  public void close() {
    child.close();
  }
}
