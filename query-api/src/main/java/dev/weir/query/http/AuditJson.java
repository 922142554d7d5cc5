package dev.weir.query.http;

import dev.weir.query.AuditReport;
import dev.weir.query.AuditView;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Audits as JSON. */
final class AuditJson {
  private AuditJson() {}

  static Map<String, Object> of(AuditView audit) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", audit.id());
    json.put("state", audit.state().name().toLowerCase(Locale.ROOT));
    json.put("reason", audit.reason());
    json.put("collections", audit.collections());
    json.put("started", audit.started().toString());
    json.put("phase", audit.phase());
    json.put("records", audit.records());
    boolean done = audit.state() == AuditView.State.DONE;
    json.put("sound", done ? audit.reports().stream().allMatch(AuditReport::sound) : null);
    json.put("complete", done ? audit.reports().stream().allMatch(AuditReport::complete) : null);
    json.put("reports", audit.reports().stream().map(AuditJson::report).toList());
    return json;
  }

  private static Map<String, Object> report(AuditReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("collection", report.collection());
    json.put("sound", report.sound());
    json.put("complete", report.complete());
    json.put("documents", report.documents());
    json.put("sources", report.sources().stream().map(AuditJson::source).toList());
    json.put("differences", report.differences().stream().map(AuditJson::difference).toList());
    json.put("moreDifferences", report.unnamed());
    json.put("unproved", report.unproved().stream().map(AuditJson::unproved).toList());
    json.put("moreUnproved", report.unprovedUnnamed());
    return json;
  }

  private static Map<String, Object> source(AuditReport.Source source) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", source.name());
    json.put("topic", source.topic());
    json.put("revision", source.revision());
    json.put("compacted", source.compacted());
    json.put("partitions", source.partitions().stream().map(AuditJson::partition).toList());
    return json;
  }

  private static Map<String, Object> partition(AuditReport.Partition partition) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("partition", partition.partition());
    json.put("start", partition.start());
    json.put("cut", partition.cut());
    json.put("pending", partition.pending());
    json.put("applied", partition.applied());
    json.put("superseded", partition.superseded());
    json.put("filtered", partition.filtered());
    json.put("deadLetters", partition.deadLetters());
    json.put("before", partition.before());
    json.put("absent", partition.absent());
    return json;
  }

  private static Map<String, Object> difference(AuditReport.Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", difference.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    json.put("key", difference.key());
    json.put("source", difference.source());
    json.put("partition", difference.partition() < 0 ? null : difference.partition());
    json.put("offset", difference.offset() < 0 ? null : difference.offset());
    json.put("detail", difference.detail());
    return json;
  }

  private static Map<String, Object> unproved(AuditReport.Unproved unproved) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("key", unproved.key());
    json.put("why", unproved.why());
    return json;
  }
}
