package parley.infra;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/**
 * The templates in the form in which they are approved and compared: sorted, indented, without
 * metadata, and with fixed words for whatever follows from the functions' code, so that only a
 * change of the system that is deployed changes them.
 */
public final class ApprovedTemplates {
  /** The files of the templates, in the directory of the synthesis and of the approved ones. */
  public static final List<String> FILES =
      List.of("ParleyAccount.template.json", "ParleyData.template.json", "ParleyApi.template.json");

  private static final Pattern ASSET = Pattern.compile("\\b[0-9a-f]{64}\\.(jar|zip)\\b");
  private static final Pattern VERSION_HASH = Pattern.compile("[0-9a-f]{32}$");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ApprovedTemplates() {}

  /**
   * Synthesizes in this JVM what {@code cdk deploy} would, and normalises it.
   *
   * @param infra the directory of this module, whose {@code cdk.json} holds the feature flags
   * @param context context values over those of {@code cdk.json}
   * @param jar any file in the place of the functions' jar
   * @param output an empty directory that takes the cloud assembly
   * @return the normalised templates by file name; a stack that the context leaves out has none
   */
  public static Map<String, String> synthesize(
      Path infra, Map<String, ?> context, Path jar, Path output) throws IOException {
    app(infra, context, jar, output).synth();
    Map<String, String> templates = new TreeMap<>();
    for (String file : FILES) {
      if (Files.exists(output.resolve(file))) {
        templates.put(file, normalise(Files.readString(output.resolve(file))));
      }
    }
    return templates;
  }

  /** The app that {@link #synthesize} synthesizes, with all its stacks. */
  public static App app(Path infra, Map<String, ?> context, Path jar, Path output)
      throws IOException {
    Map<String, Object> all = new TreeMap<>();
    JSON.readTree(Files.readString(infra.resolve("cdk.json")))
        .path("context")
        .properties()
        .forEach(flag -> all.put(flag.getKey(), JSON.convertValue(flag.getValue(), Object.class)));
    all.putAll(context);
    App app =
        new App(
            AppProps.builder()
                .analyticsReporting(false)
                .context(all)
                .outdir(output.toString())
                .build());
    ParleyApp.addStacks(app, jar);
    return app;
  }

  /** A template's JSON in the approved form; normalising twice changes nothing. */
  public static String normalise(String template) throws JsonProcessingException {
    JsonNode root = JSON.readTree(template);
    // Only the cdk command writes paths and assets into the metadata, for itself.
    root.path("Resources").forEach(resource -> ((ObjectNode) resource).remove("Metadata"));
    String masked = print(root);
    for (Map.Entry<String, JsonNode> resource : root.path("Resources").properties()) {
      if (resource.getValue().path("Type").asText().equals("AWS::Lambda::Version")) {
        String id = resource.getKey();
        masked = masked.replace(id, VERSION_HASH.matcher(id).replaceFirst("Hash"));
      }
    }
    return print(JSON.readTree(ASSET.matcher(masked).replaceAll("asset.$1")));
  }

  private static String print(JsonNode node) throws JsonProcessingException {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter);
    Object sorted = JSON.treeToValue(node, Object.class);
    return JSON.writer(printer)
            .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .writeValueAsString(sorted)
        + "\n";
  }
}
