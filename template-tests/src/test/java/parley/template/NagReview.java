package parley.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cdklabs.cdknag.AwsSolutionsChecks;
import io.github.cdklabs.cdknag.NagReportFormat;
import io.github.cdklabs.cdknag.ServerlessChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import parley.infra.ApprovedTemplates;
import software.amazon.awscdk.App;
import software.amazon.awscdk.Aspects;

/**
 * What cdk-nag's packs AwsSolutions and Serverless say of the stacks.
 *
 * @param checked how many times a rule looked at a resource that it is about
 * @param findings what a rule found and nobody accepted, and whatever else the CDK warns of
 * @param unneeded what is accepted, though no rule finds it
 */
record NagReview(int checked, List<String> findings, List<String> unneeded) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> WRONG = Set.of("aws:cdk:error", "aws:cdk:warning");

  static NagReview of(Map<String, ?> context) {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "nag").toAbsolutePath();
      Path jar = Files.createFile(directory.resolve("functions.jar"));
      Path output = Files.createDirectory(directory.resolve("cdk.out"));
      Map<String, Object> withPaths = new HashMap<>(Synthesis.NEEDED);
      withPaths.putAll(context);
      // As the cdk command has it: every resource tells its construct.
      withPaths.put("aws:cdk:enable-path-metadata", true);
      // The findings are wanted, not an end at the first of them.
      withPaths.put("@aws-cdk/core:annotationsInValidationReport", false);
      App app = ApprovedTemplates.app(Synthesis.INFRA, withPaths, jar, output);
      List<NagReportFormat> formats = List.of(NagReportFormat.JSON);
      Aspects.of(app).add(AwsSolutionsChecks.Builder.create().reportFormats(formats).build());
      Aspects.of(app).add(ServerlessChecks.Builder.create().reportFormats(formats).build());
      app.synth();
      List<String> findings = messages(output);
      List<JsonNode> report = report(output);
      return new NagReview(report.size(), findings, unneeded(output, report));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> messages(Path output) throws IOException {
    List<String> messages = new ArrayList<>();
    for (Path template : files(output, ".template.json")) {
      String name = template.getFileName().toString().replace(".template.", ".metadata.");
      for (Map.Entry<String, JsonNode> construct :
          JSON.readTree(Files.readString(output.resolve(name))).properties()) {
        for (JsonNode message : construct.getValue()) {
          if (WRONG.contains(message.path("type").asText())) {
            messages.add(construct.getKey() + " " + message.path("data").asText().strip());
          }
        }
      }
    }
    return messages;
  }

  private static List<JsonNode> report(Path output) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (Path file : files(output, "-NagReport.json")) {
      JSON.readTree(Files.readString(file)).path("lines").forEach(lines::add);
    }
    return lines;
  }

  private static List<String> unneeded(Path output, List<JsonNode> report) throws IOException {
    Set<String> used = new TreeSet<>();
    for (JsonNode line : report) {
      if (line.path("compliance").asText().equals("Suppressed")) {
        used.add(
            accepted(
                line.path("resourceId").asText(),
                line.path("ruleId").asText(),
                line.path("exceptionReason").asText()));
      }
    }
    List<String> unneeded = new ArrayList<>();
    for (Path file : files(output, ".template.json")) {
      for (JsonNode resource : JSON.readTree(Files.readString(file)).path("Resources")) {
        JsonNode metadata = resource.path("Metadata");
        for (JsonNode rule : metadata.at("/cdk_nag/rules_to_suppress")) {
          for (String reason : reasons(rule)) {
            String one =
                accepted(metadata.path("aws:cdk:path").asText(), rule.path("id").asText(), reason);
            if (!used.contains(one)) {
              unneeded.add(one);
            }
          }
        }
      }
    }
    return unneeded;
  }

  /** The reason as the report writes it: once for each finding that it is about. */
  private static List<String> reasons(JsonNode rule) {
    String reason = rule.path("reason").asText();
    if (!rule.has("applies_to")) {
      return List.of(reason);
    }
    return rule.path("applies_to")
        .valueStream()
        .map(finding -> "[" + finding.asText() + "] " + reason)
        .toList();
  }

  private static String accepted(String resource, String rule, String reason) {
    return resource + " " + rule + ": " + reason;
  }

  private static List<Path> files(Path directory, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
