package parley.acceptance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** The JavaScript client, run by node in a process of its own. */
final class NodeDevice extends SocketIoDevice {
  private static final Path SOURCES = Path.of("src", "test", "socketio");

  private final AtomicInteger asked = new AtomicInteger();
  private final Recording<JsonNode> answers = new Recording<>();
  private final Process process;
  private final BufferedWriter commands;

  private NodeDevice(Process process) {
    this.process = process;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * @param library the client's name in package.json
   * @param moreOptions JSON of client options besides those that the server asks for
   */
  static NodeDevice connect(String library, URI url, String token, String moreOptions) {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("path", "/ws");
    options.put("addTrailingSlash", false);
    options.put("transports", List.of("websocket"));
    options.put("token", token);
    Json.read(moreOptions).properties().forEach(e -> options.put(e.getKey(), e.getValue()));
    try {
      return new NodeDevice(
          new ProcessBuilder("node", "client.js", library, url.toString(), Json.write(options))
              .directory(Clients.FOLDER.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The folder in which node finds the clients. */
  static Path clients() {
    return Clients.FOLDER;
  }

  private void listen() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        hear(Json.read(line));
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  private void hear(JsonNode line) {
    String what = line.path("on").asText();
    switch (what) {
      case "answer" -> answers.add(line);
      case "event" -> tell(what, line.path("name").asText(), line.path("args").path(0));
      case "disconnect" -> tell(what, line.path("reason").asText(), MissingNode.getInstance());
      case "connect_error" -> tell(what, line.path("message").asText(), line.path("data"));
      default -> tell(what, line.path("id").asText(), MissingNode.getInstance());
    }
  }

  @Override
  JsonNode ask(String event, Object data) {
    return request("ask", Map.of(), event, data).path(0);
  }

  /**
   * Asks by one of the client's ways.
   *
   * @return what the callback was called with
   */
  JsonNode request(String way, Map<String, Object> more, String event, Object data) {
    int number = asked.incrementAndGet();
    Map<String, Object> command = new LinkedHashMap<>(more);
    command.putAll(Map.of("do", way, "number", number, "name", event, "args", List.of(data)));
    send(command);
    return answers.await(
        "the answer to " + event,
        all ->
            all.stream()
                .filter(answer -> answer.path("number").asInt() == number)
                .map(answer -> answer.path("args"))
                .findFirst());
  }

  @Override
  void emit(String event, Object data) {
    send(Map.of("do", "emit", "name", event, "args", List.of(data)));
  }

  @Override
  void authenticate(String token) {
    send(Map.of("do", "authenticate", "token", token));
  }

  @Override
  void connectAgain() {
    send(Map.of("do", "connect"));
  }

  private synchronized void send(Map<String, ?> command) {
    try {
      commands.write(Json.write(command));
      commands.newLine();
      commands.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The clients' packages, installed once from the public registry. */
  private static final class Clients {
    static final Path FOLDER = install();

    private static Path install() {
      Path folder = Path.of("target", "socketio").toAbsolutePath();
      try {
        Files.createDirectories(folder);
        for (String file : List.of("package.json", "package-lock.json", "client.js")) {
          Files.copy(
              SOURCES.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Process npm =
            new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (npm.waitFor() != 0) {
          throw new AssertionError("npm cannot install the Socket.IO clients: " + output);
        }
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
