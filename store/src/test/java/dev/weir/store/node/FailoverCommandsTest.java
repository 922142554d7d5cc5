package dev.weir.store.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kafka.EmbeddedKafka;
import dev.weir.store.CollectionDefinition;
import dev.weir.store.CollectionDefinition.Writer;
import dev.weir.store.Condition;
import dev.weir.store.Key;
import dev.weir.store.Operation;
import dev.weir.store.Outcome;
import dev.weir.store.Version;
import dev.weir.store.WriteResult;
import dev.weir.store.log.LogProducer;
import dev.weir.store.log.LogProducerTuning;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.write.Fingerprint;
import dev.weir.store.write.LogRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a failover, and a node that does not know of it, may not change about commands. */
class FailoverCommandsTest {
  @TempDir static Path brokerDirectory;
  private static EmbeddedKafka kafka;
  @TempDir Path first;
  @TempDir Path second;

  @BeforeAll
  static void startBroker() {
    kafka = TestStores.broker(brokerDirectory);
  }

  @AfterAll
  static void stopBroker() {
    kafka.close();
  }

  @Test
  void aKeyUsedBeforeAFailoverGivesTheKeptOutcomeBehindIt() throws Exception {
    TestStores stores = new TestStores(kafka, "kept", 1, 1);
    Key key = TestStores.key("a");
    Operation.Once once;
    Outcome kept;
    try (StoreNode node = stores.start(first, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      Operation.When absent =
          new Operation.When(
              new Condition.Absent(), new Operation.Put(notes.id(), key, TestStores.bytes("1")));
      once = Fingerprint.once("k-1", new Operation.Batch(List.of(absent)));
      kept = TestStores.submit(node, 0, once);
      assertThat(kept).isInstanceOf(Outcome.Batched.class);
      stores.put(node, notes, "a", "2");
    }
    try (StoreNode node = stores.start(second, "n2")) {
      stores.awaitServing(node);
      assertThat(TestStores.submit(node, 0, once)).isEqualTo(new Outcome.Repeated(kept));
      CollectionDefinition notes = node.catalogue().collection("note").orElseThrow();
      assertThat(stores.get(node, notes, "a")).contains("2");
      Operation.Once other = Fingerprint.once("k-1", new Operation.Delete(notes.id(), key));
      assertThat(TestStores.submit(node, 0, other)).isInstanceOf(Outcome.Rejected.class);
    }
  }

  @Test
  void commandsOfANodeThatHasLostTheShardAreDecidedInLogOrder() throws Exception {
    TestStores stores = new TestStores(kafka, "zombie", 1, 1);
    try (StoreNode node = stores.start(first, "n1");
        LogProducer zombie =
            new LogProducer(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new TopicPlan("zombie", 0, 1),
                LogProducerTuning.commands("zombie"))) {
      stores.awaitServing(node);
      CollectionDefinition notes = TestStores.define(node, "note", Writer.API);
      Version seen = ((Outcome.Stored) stores.put(node, notes, "a", "1")).version();
      Operation.Put put = new Operation.Put(notes.id(), TestStores.key("a"), TestStores.bytes("2"));
      Operation.When ifSeen = new Operation.When(new Condition.OneOf(List.of(seen)), put);
      CompletableFuture<Long> appended =
          zombie.append(0, new LogRecord.Command(new LogRecord.CommandId(666, 1), ifSeen), 0);
      zombie.flush();
      long offset = appended.get(30, TimeUnit.SECONDS);

      assertThat(TestStores.submit(node, 0, ifSeen))
          .isEqualTo(new Outcome.ConditionFailed(new Version(0, offset)));
      assertThat(stores.get(node, notes, "a")).contains("2");
    }
  }

  @Test
  void patchesThatASchemaChecksTakeTurns() throws Exception {
    TestStores stores = new TestStores(kafka, "patch", 1, 1);
    try (StoreNode node = stores.start(first, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition checked =
          TestStores.define(node, "checked", Writer.API, "{\"maxProperties\":40}");
      stores.put(node, checked, "a", "{}");
      long before = node.shards().get(0).position().offset();
      List<CompletableFuture<WriteResult>> answers = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        byte[] patch = TestStores.bytes("{\"m" + i + "\":1}");
        answers.add(
            node.writer()
                .submit(0, new Operation.Patch(checked.id(), TestStores.key("a"), patch, null)));
      }
      int stored = 0;
      for (CompletableFuture<WriteResult> answer : answers) {
        Outcome outcome = ((WriteResult.Decided) answer.get(60, TimeUnit.SECONDS)).outcome();
        if (outcome instanceof Outcome.Stored) {
          stored++;
        } else {
          assertThat(((Outcome.Rejected) outcome).reason()).isEqualTo(Outcome.Reason.INVALID_VALUE);
        }
      }
      assertThat(stored).as("as many as the schema allows, none lost").isEqualTo(40);
      assertThat(node.shards().get(0).position().offset() - before)
          .as("they take turns and do not fill the log")
          .isEqualTo(60);
      Optional<String> document = stores.get(node, checked, "a");
      assertThat(document.orElseThrow().split(",")).hasSize(40);
    }
  }

  @Test
  void aPatchIsCheckedAgainWhenTheDocumentChangesBeforeIt() throws Exception {
    TestStores stores = new TestStores(kafka, "superseded", 1, 1);
    try (StoreNode node = stores.start(first, "n1")) {
      stores.awaitServing(node);
      CollectionDefinition checked =
          TestStores.define(node, "checked", Writer.API, "{\"required\":[\"n\"]}");
      Key key = TestStores.key("a");
      List<CompletableFuture<WriteResult>> patches = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        byte[] value = TestStores.bytes("{\"n\":" + i + "}");
        var put = node.writer().submit(0, new Operation.Put(checked.id(), key, value));
        byte[] patch = TestStores.bytes("{\"p\":" + i + "}");
        patches.add(node.writer().submit(0, new Operation.Patch(checked.id(), key, patch, null)));
        put.get(30, TimeUnit.SECONDS);
      }
      for (CompletableFuture<WriteResult> patch : patches) {
        Outcome outcome = ((WriteResult.Decided) patch.get(60, TimeUnit.SECONDS)).outcome();
        // The first may come before there is a document.
        assertThat(outcome).isInstanceOfAny(Outcome.Stored.class, Outcome.Missing.class);
      }
      assertThat(stores.get(node, checked, "a")).contains("{\"n\":49,\"p\":49}");
    }
  }
}
