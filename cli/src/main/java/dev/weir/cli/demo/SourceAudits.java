package dev.weir.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.client.Audits;
import dev.weir.client.WeirClientException;
import java.time.Duration;

/** Has a node read all sources once more, and compare. */
final class SourceAudits {
  private static final Duration AT_MOST = Duration.ofMinutes(1);
  private static final int PATIENCE_SECONDS = 30;
  private static final int RATE = 1_000_000;

  private SourceAudits() {}

  static void check(DemoCluster.Node node, CheckTable table) {
    CheckTable.Check check = table.check("audits of all sources, after the kill");
    try {
      Audits audits = node.client().audits();
      String id = audits.begin("", PATIENCE_SECONDS, RATE).path("id").asText();
      JsonNode audit = audits.await(id, AT_MOST, now -> {});
      for (JsonNode report : audit.path("reports")) {
        boolean right =
            report.path("sound").asBoolean()
                && report.path("complete").asBoolean()
                && report.path("documents").asLong() > 0;
        check.answer(right, report.toString());
      }
      boolean done = audit.path("state").asText().equals("done");
      check.answer(done, audit.path("state").asText() + " " + audit.path("reason").asText());
    } catch (WeirClientException e) {
      check.answer(false, String.valueOf(e.getMessage()));
    }
    check.end();
  }
}
