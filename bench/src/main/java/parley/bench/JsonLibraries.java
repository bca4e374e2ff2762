package parley.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import parley.bench.Measured.Mark;
import parley.platform.json.Json;

/**
 * Measures what could read and write JSON in the functions, each in processes of its own: what its
 * first use takes, and a later one. An event of API Gateway is read and written again.
 */
public final class JsonLibraries {
  private static final int LATER = 2_000;

  private interface Library {
    /** Reads an object and writes it again. */
    String readAndWrite(String json) throws IOException;
  }

  private JsonLibraries() {}

  /** By name; each is loaded only where it is asked for. */
  private static Library library(String name) {
    return switch (name) {
      case "jackson-core with our own reader and writer" -> json -> Json.write(Json.read(json));
      case "jackson-databind" -> {
        ObjectMapper mapper = new ObjectMapper();
        yield json -> mapper.writeValueAsString(mapper.readValue(json, Map.class));
      }
      case "jackson-jr" -> json -> JSON.std.asString(JSON.std.mapFrom(json));
      default -> throw new IllegalArgumentException(name);
    };
  }

  static void compare(PrintStream out, int rounds) throws IOException, InterruptedException {
    Measured measured = new Measured();
    for (int round = 0; round < rounds; round++) {
      for (String library :
          List.of(
              "jackson-core with our own reader and writer", "jackson-databind", "jackson-jr")) {
        measured.add(library, Measured.spawn(JsonLibraries.class, library));
      }
    }
    out.println("| JSON library | first use | its CPU | later use, CPU |");
    out.println("|---|--:|--:|--:|");
    measured.rows().forEach(out::println);
    out.println();
  }

  /**
   * One process: prints its figures.
   *
   * @param arguments the library's name
   */
  public static void main(String[] arguments) throws IOException {
    String event = Files.readString(Path.of("..", "events", "samples", "http", "post.json"));
    Mark start = Mark.now();
    Library library = library(arguments[0]);
    String written = library.readAndWrite(event);
    double first = start.elapsed();
    double cpu = start.cpu();
    for (int i = 0; i < LATER; i++) {
      written = library.readAndWrite(written);
    }
    Mark warm = Mark.now();
    for (int i = 0; i < LATER; i++) {
      written = library.readAndWrite(written);
    }
    Measured.print(first, cpu, warm.cpu() / LATER);
  }
}
