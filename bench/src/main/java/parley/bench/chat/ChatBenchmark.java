package parley.bench.chat;

import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import parley.bench.Measured;
import parley.bench.ScratchFolder;
import parley.bench.client.Dialect;
import parley.local.postgres.PostgresServer;

/**
 * Measures messages from one user to another, beside a Socket.IO server over the same Postgres
 * server. Both run all the time and are measured in turns. This JVM plays the clients.
 */
public final class ChatBenchmark {
  private static final Duration WARM = Duration.ofSeconds(Integer.getInteger("warmSeconds", 5));
  private static final Duration MEASURED =
      Duration.ofSeconds(Integer.getInteger("measuredSeconds", 10));
  private static final Duration COMPILED = WARM.multipliedBy(4);
  private static final List<Integer> PAIRS = List.of(1, 16, 64);
  private static final List<Integer> CONNECTIONS = List.of(100, 1_000);

  private final Path postgresData;
  private final HttpClient client;
  private final PrintStream out;
  private final int rounds;

  private ChatBenchmark(Path postgresData, HttpClient client, PrintStream out, int rounds) {
    this.postgresData = postgresData;
    this.client = client;
    this.out = out;
    this.rounds = rounds;
  }

  /** A server under one kind of clients. */
  private record Subject(ChatServer server, Dialect dialect, List<Pair> pairs) {
    String row(int count) {
      return "%s | %s | %d".formatted(server.name(), dialect, count);
    }
  }

  /**
   * Measures and prints tables in Markdown. The system properties {@code warmSeconds} and {@code
   * measuredSeconds} say how long a round lasts, {@code missed} how many messages are caught up.
   *
   * @param sources the folder with the Socket.IO server's source
   * @param installed where its packages are installed
   * @param rounds of how many rounds a figure is the median
   */
  public static void measure(PrintStream out, Path sources, Path installed, int rounds)
      throws IOException, InterruptedException, SQLException {
    try (ScratchFolder folder = ScratchFolder.make();
        PostgresServer postgres =
            PostgresServer.start(folder.path().resolve("postgres"), "parley");
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      String url =
          "postgres://postgres@localhost:" + postgres.dataSource().getPortNumbers()[0] + "/";
      try (Connection admin = postgres.dataSource().getConnection();
          Statement statement = admin.createStatement()) {
        statement.execute("create database socketio");
      }
      try (ParleyServer parley =
              ParleyServer.start(client, folder.path().resolve("parley"), url + "parley");
          ChatServer socketIo =
              SocketIoServer.start(client, sources, installed, url + "socketio")) {
        Path data = folder.path().resolve("postgres").resolve("data");
        ChatBenchmark bench = new ChatBenchmark(data, client, out, rounds);
        bench.pairs(parley, socketIo);
        bench.fanOut(parley);
        CatchUp.measure(out, client, parley, Integer.getInteger("missed", 10_000));
      }
    }
  }

  private void pairs(ChatServer parley, ChatServer socketIo)
      throws IOException, InterruptedException {
    List<Pair> ours = make(parley);
    List<Subject> subjects =
        List.of(
            new Subject(parley, Dialect.SOCKET_IO, ours),
            new Subject(parley, Dialect.PLAIN, ours),
            new Subject(socketIo, Dialect.SOCKET_IO, make(socketIo)));
    for (Subject subject : subjects) {
      run(subject, PAIRS.getLast(), COMPILED);
    }
    Measured measured = new Measured();
    for (int round = 0; round < rounds; round++) {
      for (int count : PAIRS) {
        for (Subject subject : subjects) {
          ClosedLoop.Result result = run(subject, count, WARM);
          measured.add(
              subject.row(count),
              result.messagesPerSecond(),
              result.percentile(50),
              result.percentile(90),
              result.percentile(99),
              result.cpu().server(),
              result.cpu().postgres(),
              result.cpu().clients());
        }
      }
    }
    out.println(
        "| server | clients | pairs | messages a second | p50 ms | p90 | p99"
            + " | CPU ms a message: server | Postgres | clients |");
    out.println("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    measured.rows().forEach(out::println);
    out.println();
  }

  private static List<Pair> make(ChatServer server) throws IOException, InterruptedException {
    List<Pair> pairs = new ArrayList<>();
    while (pairs.size() < PAIRS.getLast()) {
      pairs.add(server.pair());
    }
    return pairs;
  }

  private ClosedLoop.Result run(Subject subject, int count, Duration warm)
      throws IOException, InterruptedException {
    return ClosedLoop.run(
        client,
        subject.server(),
        subject.dialect(),
        subject.pairs().subList(0, count),
        postgresData,
        warm,
        MEASURED);
  }

  private void fanOut(ParleyServer parley) throws IOException, InterruptedException {
    out.println(
        "| connections of a group | posts a second | until the last one has it: p50 ms | p90 |");
    out.println("|--:|--:|--:|--:|");
    for (int connections : CONNECTIONS) {
      try (FanOut fanOut = FanOut.connect(client, parley, connections)) {
        double[] millis = fanOut.run();
        double median = millis[millis.length / 2];
        out.printf(
            "| %d | %.0f | %.0f | %.0f |%n",
            connections, connections / median * 1_000, median, millis[millis.length * 9 / 10]);
      }
    }
    out.println();
  }
}
