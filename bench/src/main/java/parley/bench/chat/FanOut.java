package parley.bench.chat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import parley.bench.client.Api;
import parley.bench.client.Device;
import parley.bench.client.Dialect;

/** A group whose members have many connections in all, and one member who writes. */
final class FanOut implements AutoCloseable {
  /** A user may have 100 connections. */
  private static final int DEVICES = 50;

  private static final int WARM = 10;
  private static final int MESSAGES = 30;
  private static final long PATIENCE_SECONDS = 60;

  private final String group;
  private final Device sender;
  private final List<Device> devices;

  private FanOut(String group, Device sender, List<Device> devices) {
    this.group = group;
    this.sender = sender;
    this.devices = devices;
  }

  /**
   * Makes the group and connects its members.
   *
   * @param connections in all, besides the sender's
   */
  static FanOut connect(HttpClient client, ParleyServer server, int connections)
      throws IOException, InterruptedException {
    Api api = server.api();
    String owner = server.register();
    List<String> members = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < (connections + DEVICES - 1) / DEVICES; i++) {
      String member = server.register();
      api.befriend(owner, member);
      members.add(member);
      ids.add('"' + api.id(member) + '"');
    }
    String group =
        api.call(
                "POST",
                "/groups",
                "{\"title\":\"Everybody\",\"userIds\":%s}"
                    .formatted(ids.stream().collect(Collectors.joining(",", "[", "]"))),
                owner)
            .path("id")
            .asText();
    List<Device> devices = new ArrayList<>();
    // So many at once stay under what the API allows in a second.
    for (int begin = 0; begin < connections; begin += DEVICES) {
      String member = members.get(begin / DEVICES);
      IntStream.range(begin, Math.min(begin + DEVICES, connections))
          .mapToObj(i -> Device.connecting(client, server.socket(), Dialect.SOCKET_IO, member))
          .toList()
          .stream()
          .map(CompletableFuture::join)
          .forEach(devices::add);
    }
    return new FanOut(
        group, Device.connect(client, server.socket(), Dialect.SOCKET_IO, owner), devices);
  }

  /**
   * Sends messages one after the other.
   *
   * @return how long each took until the last connection had it, in milliseconds, sorted
   */
  double[] run() throws InterruptedException {
    double[] millis = new double[MESSAGES];
    for (int i = -WARM; i < MESSAGES; i++) {
      double took = send(i + WARM);
      if (i >= 0) {
        millis[i] = took;
      }
    }
    Arrays.sort(millis);
    return millis;
  }

  private double send(int number) throws InterruptedException {
    String content = "\"number " + number + "\"";
    CountDownLatch missing = new CountDownLatch(devices.size());
    for (Device device : devices) {
      device.listen(
          frame -> {
            if (frame.contains(content)) {
              missing.countDown();
            }
          });
    }
    long sent = System.nanoTime();
    sender.send(
        number,
        "send_message",
        "{\"conversationId\":\"%s\",\"content\":%s}".formatted(group, content));
    if (!missing.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException(missing.getCount() + " connections did not get a message");
    }
    return (System.nanoTime() - sent) / 1e6;
  }

  @Override
  public void close() {
    sender.close();
    devices.forEach(Device::close);
  }
}
