package parley.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import parley.infra.ApprovedTemplates;

/** CloudFormation's own linter finds nothing in the templates, where it is installed. */
class CfnLintTest {
  @Test
  void theLinterFindsNothing() throws Exception {
    // W3005: the CDK writes dependencies that references already make.
    List<String> command =
        new ArrayList<>(List.of("cfn-lint", "--regions", "us-east-1", "--ignore-checks", "W3005"));
    command.add("--template");
    for (String file : ApprovedTemplates.FILES) {
      command.add(Synthesis.standard().directory().resolve(file).toString());
    }
    Process lint;
    try {
      lint = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      Assumptions.abort("cfn-lint is not on the PATH (pip install cfn-lint)");
      return;
    }
    String findings = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor()).as(findings).isZero();
  }
}
