package dev.weir.cli.main;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.ShardMap;
import dev.weir.store.write.LogFormat;
import dev.weir.store.write.LogRecord;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Audits of a source whose documents are in order, then of one behind whose back they changed. */
final class LiveAudits {
  private static final int COLLECTION = 1;

  private LiveAudits() {}

  /**
   * Audits.
   *
   * @param url of a node whose source people has ann as the first record of partition 1
   */
  static void check(String url, String kafka) throws Exception {
    writeInTransactions(kafka);
    Shell.Outcome sound = Shell.run("audit", "people", "--strict", "--url", url);
    assertThat(sound.out()).contains("person: sound, 4 documents").doesNotContain("not provable");
    // Offsets 1 and 2 were rolled back and marked so, offset 4 marks the end of the other one.
    assertThat(sound.out()).containsPattern("people +0 +0 to \\d+ +\\d+ +\\d+ +0 +\\d+ +0 +3 +0");
    assertThat(sound.code()).isZero();
    assertThat(sound.err()).contains("records so far");

    overwrite("ann", kafka);
    Shell.Outcome wrong = Shell.run("audit", "--all", "--patience", "0", "--url", url);
    assertThat(wrong.out())
        .contains("other-value ann (people/1/0)", "person: NOT SOUND")
        .doesNotContain("bob");
    assertThat(wrong.code()).isEqualTo(1);

    deleteFirst(kafka);
    Shell.Outcome gone = Shell.run("audit", "people", "--patience", "0", "--url", url);
    assertThat(gone.out()).contains("not provable: ann", "below offset 1", "as far as records are");
    assertThat(gone.code()).isZero();
    Shell.Outcome strict =
        Shell.run("audit", "people", "--strict", "--patience", "0", "-o", "json", "--url", url);
    assertThat(strict.out()).contains("\"complete\" : false");
    assertThat(strict.code()).isEqualTo(1);

    assertThat(Shell.run("audit", "person", "--url", url).err()).contains("its sources: people");
    assertThat(Shell.run("audit", "--url", url).code()).isEqualTo(2);
  }

  /** Writes dora, which is rolled back, and emil. */
  private static void writeInTransactions(String kafka) throws Exception {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka, "transactional.id", "audited"),
            new StringSerializer(),
            new StringSerializer())) {
      producer.initTransactions();
      for (String name : List.of("dora", "emil")) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("people", 0, name, "{}")).get();
        if (name.equals("dora")) {
          producer.abortTransaction();
        } else {
          producer.commitTransaction();
        }
      }
    }
  }

  /** Changes a document by a record of the log that no source has brought. */
  private static void overwrite(String key, String kafka) throws Exception {
    Key at = Key.ofEncoded(key.getBytes(UTF_8));
    LogRecord record =
        new LogRecord.Emitted(
            1_000_000, 1, new Operation.Put(COLLECTION, at, "{\"age\":1}".getBytes(UTF_8)));
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(
                  "letters.log.g0",
                  new ShardMap(2).shardOf(at),
                  LogFormat.key(record),
                  LogFormat.value(record, 0)))
          .get();
    }
  }

  private static void deleteFirst(String kafka) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin
          .deleteRecords(Map.of(new TopicPartition("people", 1), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }
  }
}
