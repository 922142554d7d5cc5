package dev.weir.query.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.query.Cursors;
import dev.weir.query.LocalNode;
import dev.weir.query.SharedKey;
import dev.weir.query.http.HttpPorts;
import dev.weir.query.http.HttpServer;
import dev.weir.query.http.HttpSettings;
import dev.weir.query.testing.InMemoryDatabase;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.KeyType;
import dev.weir.store.placement.PlacementReport;
import dev.weir.store.placement.PlacementReview;
import dev.weir.store.placement.PlacementRule;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
    InMemoryDatabase database = new InMemoryDatabase(2);
    database.addCollection("note", KeyType.Scalar.STRING, "json", Writer.API, null);
    Cursors cursors = new Cursors(SharedKey.of(new byte[32]), 0);
    GraphQlOverHttp graphQl =
        new GraphQlOverHttp(database, cursors, GraphQlSettings.defaults(), TrustedDocuments.none());
    HttpPorts ports =
        new HttpPorts(
            database,
            cursors,
            graphQl,
            new AlwaysReady(),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    try (HttpServer server = HttpServer.start(HttpSettings.defaults("127.0.0.1", 0), ports)) {
      String url = "http://127.0.0.1:" + server.port() + "/graphql";
      assertThat(run("node", "run.mjs", url)).contains("61 of 61 audits passed");
    }
  }

  /** A node without sources. */
  private static final class AlwaysReady implements LocalNode {
    @Override
    public Readiness readiness() {
      return new Readiness(true, List.of());
    }

    @Override
    public PlacementReport placement() {
      return PlacementReview.of(4, 2, PlacementRule.STANDARD, List.of());
    }

    @Override
    public List<SourceStatus> sources() {
      return List.of();
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
