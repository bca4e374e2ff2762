package parley.bench.chat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import parley.bench.client.Api;

/** The Socket.IO server of {@code src/main/socketio}, run by node. */
final class SocketIoServer implements ChatServer {
  private final Child child;
  private final Api api;
  private final URI socket;

  private SocketIoServer(Child child, Api api, URI socket) {
    this.child = child;
    this.api = api;
    this.socket = socket;
  }

  /**
   * Installs its packages from the public registry and starts it.
   *
   * @param sources the folder with its source
   * @param folder where it is installed
   */
  static SocketIoServer start(HttpClient client, Path sources, Path folder, String databaseUrl)
      throws IOException, InterruptedException {
    install(sources, folder);
    Child child =
        Child.start(
            new ProcessBuilder("node", "server.js", databaseUrl).directory(folder.toFile()));
    String port = child.awaitLine(line -> line.matches("\\d+"));
    child.drain();
    return new SocketIoServer(
        child,
        new Api(client, "http://127.0.0.1:" + port),
        URI.create("ws://127.0.0.1:" + port + "/socket.io/"));
  }

  private static void install(Path sources, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    for (String file : List.of("package.json", "package-lock.json", "server.js")) {
      Files.copy(sources.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (npm.waitFor() != 0) {
      throw new IllegalStateException("npm cannot install the Socket.IO server: " + output);
    }
  }

  @Override
  public String name() {
    return "Socket.IO server";
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
    JsonNode made = api.call("POST", "/", "", "");
    return new Pair(
        made.path("conversationId").asText(),
        made.at("/tokens/0").asText(),
        made.at("/tokens/1").asText());
  }

  @Override
  public void close() {
    child.close();
  }
}
