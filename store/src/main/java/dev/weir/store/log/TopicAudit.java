package dev.weir.store.log;

import java.util.List;
import java.util.OptionalInt;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Compares one existing topic with what it must be.
 *
 * @param spec what it must be
 * @param faults gets a line for everything that must be changed
 * @param advice gets a line for everything that could be better
 */
record TopicAudit(TopicSpec spec, List<String> faults, List<String> advice) {

  /** Replicas of the partition that has the fewest. */
  static int replicas(TopicDescription actual) {
    return actual.partitions().stream().mapToInt(p -> p.replicas().size()).min().orElse(1);
  }

  void partitions(TopicDescription actual) {
    int count = actual.partitions().size();
    if (count != spec.partitions()) {
      faults.add(
          "topic %s has %d partitions instead of %d: their number is fixed for life, so configure"
                  .formatted(spec.name(), count, spec.partitions())
              + " as many, or choose another application name");
    }
  }

  void replication(int actual, OptionalInt asked) {
    if (asked.isPresent() && actual < asked.getAsInt()) {
      faults.add(
          "topic %s has only %d replicas of some partition instead of %d: reassign it with"
                  .formatted(spec.name(), actual, asked.getAsInt())
              + " kafka-reassign-partitions.sh, or configure fewer");
    }
  }

  void settings(Config actual) {
    for (TopicSetting setting : spec.settings()) {
      ConfigEntry entry = actual.get(setting.name());
      String value = entry == null ? null : entry.value();
      if (value == null || setting.accepts(value)) {
        continue;
      }
      String line =
          "topic %s has %s=%s instead of %s%s: %s"
              .formatted(
                  spec.name(),
                  setting.name(),
                  value,
                  setting.rule() == TopicSetting.Rule.AT_LEAST ? "at least " : "",
                  setting.value(),
                  remedy(setting, value));
      (setting.rule() == TopicSetting.Rule.ADVISED ? advice : faults).add(line);
    }
  }

  // Changing the policy back does not bring back what was compacted or expired meanwhile.
  private String remedy(TopicSetting setting, String value) {
    String alter = TopicSpec.alterCommand(spec.name(), setting);
    return setting.name().equals("cleanup.policy") && value.contains("compact")
        ? "records may already be gone; if nothing was ever compacted, " + alter
        : alter;
  }
}
