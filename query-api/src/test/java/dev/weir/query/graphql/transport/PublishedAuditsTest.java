package dev.weir.query.graphql.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The published audits of GraphQL over HTTP against the real server. Needs npm and the network, so
 * it runs only when asked for: {@code -Dweir.audits=true}.
 */
@EnabledIfSystemProperty(named = "weir.audits", matches = "true")
class PublishedAuditsTest {
  private static final Path AUDITS = Path.of("src", "test", "audits");

  @Test
  void allAuditsPass() throws Exception {
    run("npm", "install", "--no-package-lock", "--no-audit", "--no-fund");
    try (LiveServer server = new LiveServer()) {
      server.collection("note", 0);
      assertThat(run("node", "run.mjs", server.url())).contains("61 of 61 audits passed");
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(AUDITS.toFile()).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
