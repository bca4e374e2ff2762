package parley.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import parley.local.faults.Faults;
import parley.local.template.TemplateException;
import parley.platform.Sleeper;

/**
 * Starts the system and runs it until it is stopped: by Ctrl-C, by SIGTERM, or by the end of the
 * process that started it.
 *
 * <p>Environment: PORT (3000), AWS_PORT (4566), DATABASE_URL, JWT_SECRET. System properties:
 * parley.data (the data folder, .parley), parley.fresh (true empties it first), parley.templates (a
 * folder with other templates), parley.follow (true: ends when the starting process does),
 * parley.status (a file to which the exit status of a failed start is written, while the process
 * itself ends with 0).
 */
public final class Main {
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);
  private static final long PARENT_CHECK_MILLIS = 250;

  private Main() {}

  public static void main(String[] arguments) {
    Main.quietLibraries();
    if (Boolean.getBoolean("parley.follow")) {
      followParent();
    }
    long begin = System.nanoTime();
    AtomicReference<@Nullable LocalRuntime> runtime = new AtomicReference<>();
    CountDownLatch booted = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> close(runtime, booted), "parley-shutdown"));
    try {
      LocalRuntime started = LocalRuntime.start(options(System.getenv()));
      runtime.set(started);
      booted.countDown();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      System.out.print(banner(started, millis));
      System.out.flush();
    } catch (BootException | TemplateException | IllegalArgumentException e) {
      booted.countDown();
      fail(e);
    } catch (RuntimeException e) {
      booted.countDown();
      e.printStackTrace();
      fail(e);
    }
    waitForEver();
  }

  /**
   * Says why it does not start, and ends. Maven prints a long stack trace when a program that it
   * runs ends with another status than 0. So it gets the status in a file, and ends with it in a
   * step of its own (local/pom.xml).
   */
  private static void fail(RuntimeException why) {
    System.err.println("Parley does not start: " + why.getMessage());
    String file = System.getProperty("parley.status", "");
    if (file.isEmpty()) {
      System.exit(1);
    }
    try {
      Files.writeString(Path.of(file), "1");
    } catch (IOException e) {
      System.err.println("The exit status cannot be written: " + e);
      System.exit(1);
    }
    System.exit(0);
  }

  private static void quietLibraries() {
    // DynamoDB Local logs through log4j, whose API then has nothing to log to.
    System.setProperty(
        "log4j2.loggerContextFactory",
        "org.apache.logging.log4j.simple.SimpleLoggerContextFactory");
    System.setProperty("org.apache.logging.log4j.simplelog.level", "OFF");
    System.setProperty("org.apache.logging.log4j.simplelog.StatusLogger.level", "OFF");
  }

  private static RuntimeOptions options(Map<String, String> environment) {
    String templates = System.getProperty("parley.templates", "");
    return new RuntimeOptions(
        port(environment, "PORT", 3000),
        port(environment, "AWS_PORT", 4566),
        Path.of(System.getProperty("parley.data", ".parley")),
        Boolean.getBoolean("parley.fresh"),
        templates.isEmpty() ? null : Path.of(templates),
        environment,
        Clock.systemUTC(),
        Sleeper.SYSTEM,
        true,
        RETRY_DELAY,
        Faults.NONE,
        null,
        Main::print);
  }

  private static int port(Map<String, String> environment, String name, int ifMissing) {
    String value = environment.getOrDefault(name, "");
    if (value.isBlank()) {
      return ifMissing;
    }
    if (value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65_535) {
      return Integer.parseInt(value);
    }
    throw new BootException(name + " is no port: " + value);
  }

  private static void print(String line) {
    String time =
        LocalTime.now(ZoneId.systemDefault())
            .truncatedTo(ChronoUnit.MILLIS)
            .format(DateTimeFormatter.ISO_LOCAL_TIME);
    System.out.println(time + " " + ReadableLine.of(line));
  }

  private static String banner(LocalRuntime runtime, long millis) {
    StringBuilder banner = new StringBuilder();
    runtime.started().forEach(part -> banner.append("  ").append(part).append('\n'));
    return """
        Parley runs on this machine, ready after %.1f s. Ctrl-C stops it.
        %s
          HTTP API       %s
          WebSocket API  %s
          AWS services   %s

        """
        .formatted(
            millis / 1000.0, banner, runtime.httpUrl(), runtime.webSocketUrl(), runtime.awsUrl());
  }

  private static void close(
      AtomicReference<@Nullable LocalRuntime> runtime, CountDownLatch booted) {
    try {
      // A stop while it boots waits for the boot's end, else its parts would be left running.
      booted.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    LocalRuntime started = runtime.getAndSet(null);
    if (started != null) {
      started.close();
    }
  }

  /** Ends this process with its parent, even if that is killed without a chance to say so. */
  private static void followParent() {
    ProcessHandle parent = ProcessHandle.current().parent().orElse(null);
    if (parent == null) {
      return;
    }
    Thread.ofPlatform()
        .name("parley-follow")
        .daemon()
        .start(
            () -> {
              while (parent.isAlive()) {
                try {
                  Thread.sleep(PARENT_CHECK_MILLIS);
                } catch (InterruptedException e) {
                  return;
                }
              }
              System.exit(0);
            });
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
