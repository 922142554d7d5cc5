package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.kafka.Options;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.write.LogRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an unclean leader election does to a log: a broker that lacks its last records becomes its
 * leader, with a new leader epoch, and other records take their offsets. Here the broker's only
 * replica loses them while it is down.
 */
class LostTailTest {
  private static final int SHARDS = 2;
  private static final int LOST = 5;

  @TempDir Path brokerDirectory;
  @TempDir Path directory;

  @Test
  void otherRecordsAtOffsetsThatWereFoldedAreNotFolded() throws Exception {
    Options options =
        Options.in(brokerDirectory).withBrokerProperty("group.initial.rebalance.delay.ms", "1000");
    EmbeddedKafka kafka = EmbeddedKafka.start(options);
    TestStores stores = new TestStores(kafka, "tail", SHARDS, 1);
    List<List<String>> states = new ArrayList<>();
    try {
      try (StoreNode node = stores.start(directory, "n1")) {
        stores.awaitServing(node);
        CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
        for (int i = 0; i < 40; i++) {
          stores.put(node, notes, "k" + i, "1");
        }
        stores.quiesce(node);
        for (int shard = 0; shard < SHARDS; shard++) {
          states.add(stores.fold(node, shard));
        }
        long offset = node.ownership().offset(0);

        kafka.close();
        cut(brokerDirectory.resolve("log").resolve(node.topics().logTopic() + "-0"));
        kafka = EmbeddedKafka.start(options.withPort(kafka.port()));
        assertThat(append(node, kafka)).isEqualTo(offset - LOST + 1);

        // Who notices first ends it: the fold, or the consumer, whose end is looked into.
        await()
            .atMost(TestStores.PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(
                            node.failure().orElse("") + node.ownership().stopReason(0).orElse(""))
                        .containsPattern("the log (has )?lost"));
      }
      assertThat(stores.dump(directory, 0)).isEqualTo(states.get(0));
      assertThatThrownBy(() -> stores.start(directory, "n1").close())
          .isInstanceOf(NodeStartException.class)
          .hasMessageContaining("leader epoch");
    } finally {
      kafka.close();
    }
  }

  /** Others write where the lost records were, and beyond; the offset of the first. */
  private static long append(StoreNode node, EmbeddedKafka kafka) throws Exception {
    try (LogProducer other =
        new LogProducer(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            node.topics(),
            LogProducerTuning.commands("other"))) {
      long first = -1;
      for (int i = 0; i < 4 * LOST; i++) {
        long offset = other.append(0, new LogRecord.Trim(0, i), 0).get(30, TimeUnit.SECONDS);
        first = first < 0 ? offset : first;
      }
      return first;
    }
  }

  /** Takes the last records from a stopped broker's log, as if it had never got them. */
  private static void cut(Path partition) throws IOException {
    Path segment = partition.resolve("00000000000000000000.log");
    try (FileChannel file =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      List<Long> starts = new ArrayList<>(); // of its batches: base offset, length, and the rest
      for (long at = 0; at + 12 <= file.size(); ) {
        ByteBuffer head = ByteBuffer.allocate(12);
        file.read(head, at);
        if (head.getInt(8) <= 0) {
          break;
        }
        starts.add(at);
        at += 12 + head.getInt(8);
      }
      file.truncate(starts.get(starts.size() - LOST));
    }
    Files.delete(partition.resolveSibling(".kafka_cleanshutdown"));
  }
}
