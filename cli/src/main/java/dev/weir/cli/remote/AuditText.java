package dev.weir.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.cli.TextTable;
import java.io.PrintWriter;

/** Shows an audit to people. */
final class AuditText {
  private AuditText() {}

  static void print(JsonNode audit, PrintWriter out) {
    for (JsonNode report : audit.path("reports")) {
      partitions(report, out);
      findings(report, out);
    }
  }

  private static void partitions(JsonNode report, PrintWriter out) {
    TextTable table =
        new TextTable(
            "SOURCE",
            "PARTITION",
            "OFFSETS",
            "APPLIED",
            "SUPERSEDED",
            "FILTERED",
            "DEAD LETTERS",
            "BEFORE",
            "ABSENT",
            "PENDING");
    for (JsonNode source : report.path("sources")) {
      for (JsonNode each : source.path("partitions")) {
        table.row(
            source.path("name").asText(),
            each.path("partition").asText(),
            each.path("start").asText() + " to " + each.path("cut").asText(),
            each.path("applied").asText(),
            each.path("superseded").asText(),
            each.path("filtered").asText(),
            each.path("deadLetters").asText(),
            each.path("before").asText(),
            each.path("absent").asText(),
            each.path("pending").asText());
      }
    }
    table.print(out);
  }

  private static void findings(JsonNode report, PrintWriter out) {
    for (JsonNode each : report.path("differences")) {
      String place =
          each.path("offset").isNull()
              ? ""
              : " (%s/%s/%s)"
                  .formatted(
                      each.path("source").asText(),
                      each.path("partition").asText(),
                      each.path("offset").asText());
      out.printf(
          "%s %s%s: %s%n",
          each.path("kind").asText(),
          each.path("key").asText(),
          place,
          each.path("detail").asText());
    }
    more(report, "moreDifferences", "differences", out);
    for (JsonNode each : report.path("unproved")) {
      out.println("not provable: " + each.path("key").asText() + ": " + each.path("why").asText());
    }
    more(report, "moreUnproved", "that are not provable", out);
    for (JsonNode source : report.path("sources")) {
      for (JsonNode each : source.path("partitions")) {
        if (each.path("start").asLong() > 0) {
          out.printf(
              "not provable: partition %s of %s below offset %s, which is gone from the topic%n",
              each.path("partition").asText(),
              source.path("topic").asText(),
              each.path("start").asText());
        }
      }
      if (source.path("compacted").asBoolean()) {
        out.printf(
            "not provable: what was compacted away from %s%n", source.path("topic").asText());
      }
    }
    out.printf(
        "%s: %s, %s documents%n",
        report.path("collection").asText(),
        report.path("sound").asBoolean()
            ? report.path("complete").asBoolean() ? "sound" : "sound, as far as records are there"
            : "NOT SOUND",
        report.path("documents").asText());
  }

  private static void more(JsonNode report, String field, String what, PrintWriter out) {
    if (report.path(field).asLong() > 0) {
      out.println("and " + report.path(field).asText() + " more " + what);
    }
  }
}
