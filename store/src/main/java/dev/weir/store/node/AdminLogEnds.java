package dev.weir.store.node;

import dev.weir.store.read.LogEnds;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Asks the brokers where the log ends: the high watermarks, which cover all that was confirmed. */
record AdminLogEnds(Admin admin, String topic) implements LogEnds {
  private static final int TIMEOUT_MILLIS = 1000;

  @Override
  public CompletionStage<Map<Integer, Long>> look(Set<Integer> shards) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    shards.forEach(shard -> asked.put(new TopicPartition(topic, shard), OffsetSpec.latest()));
    return admin
        .listOffsets(asked, new ListOffsetsOptions().timeoutMs(TIMEOUT_MILLIS))
        .all()
        .toCompletionStage()
        .thenApply(AdminLogEnds::byShard);
  }

  private static Map<Integer, Long> byShard(Map<TopicPartition, ListOffsetsResultInfo> found) {
    Map<Integer, Long> ends = new HashMap<>();
    found.forEach((partition, end) -> ends.put(partition.partition(), end.offset()));
    return ends;
  }
}
