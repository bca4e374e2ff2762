package parley.bench.sql;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import parley.bench.ScratchFolder;
import parley.bench.client.Api;
import parley.bench.client.Device;
import parley.bench.client.Dialect;
import parley.local.LocalRuntime;
import parley.local.RuntimeOptions;
import parley.local.postgres.PostgresServer;

/**
 * Measures how long Postgres takes to parse, to plan and to run each statement of the hot requests,
 * which real clients make. The sessions are warm. Each statement is parsed anew each time, as the
 * Data API has it: the driver's own prepared statements are off.
 */
public final class SqlBenchmark {
  private static final int WARM = 30;
  private static final int CALLS = Integer.getInteger("calls", 200);
  private static final int CONVERSATIONS = 20;

  private final Api api;
  private final StatementLog log;
  private final Device phone;
  private final String me;
  private final String friend;
  private final String conversation;

  private SqlBenchmark(Api api, StatementLog log, URI socket)
      throws IOException, InterruptedException {
    this.api = api;
    this.log = log;
    me = api.register("me");
    friend = api.register("friend");
    conversation = converse(friend);
    for (int i = 1; i < CONVERSATIONS; i++) {
      String other = api.register("other" + i);
      send(other, converse(other), "hello");
    }
    phone = Device.connect(api.client(), socket, Dialect.PLAIN, me);
  }

  private String converse(String other) throws IOException, InterruptedException {
    api.befriend(me, other);
    return api.conversation(me, other);
  }

  /** Measures each request alone, one after the other, and prints the medians. */
  public static void measure(PrintStream out)
      throws IOException, InterruptedException, SQLException {
    try (ScratchFolder folder = ScratchFolder.make();
        PostgresServer postgres =
            PostgresServer.start(folder.path().resolve("postgres"), "parley");
        LocalRuntime system =
            LocalRuntime.start(
                RuntimeOptions.quiet(folder.path().resolve("parley"))
                    .withEnvironment(
                        Map.of(
                            "DATABASE_URL",
                            "jdbc:postgresql://localhost:%d/parley?user=postgres&prepareThreshold=0"
                                .formatted(postgres.dataSource().getPortNumbers()[0]))));
        HttpClient client = HttpClient.newHttpClient();
        StatementLog log =
            StatementLog.of(postgres, folder.path().resolve("postgres").resolve("log"))) {
      SqlBenchmark bench =
          new SqlBenchmark(
              new Api(client, system.httpUrl()), log, URI.create(system.webSocketUrl()));
      try {
        bench.run();
      } finally {
        bench.phone.close();
      }
      StatementTable.print(out, log.entries(), CALLS);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    String start = api.call("GET", "/sync", "", me).path("cursor").asText();
    Map<String, Request> requests = requests(start);
    log.analyze();
    for (Map.Entry<String, Request> request : requests.entrySet()) {
      for (int i = -WARM; i < CALLS; i++) {
        if (i == 0) {
          log.mark(request.getKey());
        }
        request.getValue().make(i + WARM);
      }
      log.mark("");
    }
  }

  private interface Request {
    void make(int number) throws IOException, InterruptedException;
  }

  private Map<String, Request> requests(String cursor) throws IOException, InterruptedException {
    List<String> received = new ArrayList<>();
    for (int i = 0; i < WARM + CALLS; i++) {
      received.add(send(friend, conversation, "message " + i));
    }
    String inConversation = "\"conversationId\":\"" + conversation + "\"";
    Map<String, Request> requests = new LinkedHashMap<>();
    requests.put("join", i -> phone.request("join_conversation", "{" + inConversation + "}"));
    requests.put(
        "receipt",
        i -> phone.request("message_read", "{%s,\"seq\":%d}".formatted(inConversation, i + 1)));
    requests.put(
        "reaction",
        i ->
            phone.request(
                "react", "{\"messageId\":\"%s\",\"emojis\":[\"👍\"]}".formatted(received.get(i))));
    requests.put(
        "send",
        i ->
            phone.request(
                "send_message",
                "{%s,\"content\":\"hello\",\"clientId\":\"sql-%d\"}".formatted(inConversation, i)));
    requests.put("sync page", i -> api.call("GET", "/sync?cursor=" + cursor, "", me));
    requests.put(
        "history page", i -> api.call("GET", "/messages?conversationId=" + conversation, "", me));
    requests.put("conversation list", i -> api.call("GET", "/conversations", "", me));
    return requests;
  }

  private String send(String sender, String to, String content)
      throws IOException, InterruptedException {
    String body = "{\"conversationId\":\"%s\",\"content\":\"%s\"}".formatted(to, content);
    return api.call("POST", "/messages", body, sender).at("/message/id").asText();
  }
}
