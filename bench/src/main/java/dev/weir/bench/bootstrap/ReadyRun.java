package dev.weir.bench.bootstrap;

import dev.weir.bench.Figures;
import dev.weir.bench.Scale;
import dev.weir.bench.process.BrokerProcess;
import dev.weir.bench.process.ClassArchive;
import dev.weir.bench.process.Directories;
import dev.weir.store.log.TopicPlan;
import dev.weir.store.rocksdb.RocksShard;
import dev.weir.store.streams.ShardSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** From the start of a process without state to all of it complete; and after a crash, with it. */
final class ReadyRun {
  private static final int TAIL = 2_000;
  private static final int MARKS = 64;
  private static final int FIRST = 8_000;
  private static final String NODE = "node";
  private static final String STOCK = "stock";

  private final Scale scale;
  private final int rounds;
  private final long documents;
  private final String what;
  private final Figures figures;

  /**
   * A run.
   *
   * @param writes how often each document is written
   * @param documents how many there are
   */
  ReadyRun(Scale scale, int writes, long documents, Figures figures) {
    this.scale = scale;
    this.rounds = writes;
    this.documents = documents;
    this.what = writes == 1 ? "" : ", written " + writes + " times";
    this.figures = figures;
  }

  void run(Path directory) throws Exception {
    try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"))) {
      StateTopic topic = new StateTopic(broker.bootstrapServers(), "documents", BootNode.SHARDS);
      topic.create(Map.of());
      ClassArchive classes = ClassArchive.in(directory.resolve("classes"));
      StockRestore stock = stock(broker, classes, directory);
      BootNode.Database plain = new BootNode.Database(topic, directory, 0, List.of());
      try (BootNode source = BootNode.start(List.of(), "a", plain)) {
        topic.fill(0, 0, FIRST);
        source.client().awaitDocuments(FIRST);
        BootNode.start(List.of(), "b", plain.with(classes.make(NODE))).close();
        Directories.remove(plain.node("b"));
        BootNode.Database database = plain.with(classes.use(NODE));
        for (int round = 0; round < rounds; round++) {
          topic.fill(round, 0, documents);
        }
        long written = documents;
        topic.fill(0, written, written + MARKS);
        written += MARKS;
        source.client().awaitDocuments(written);
        for (int round = 0; round < scale.rounds(); round++) {
          figures.add(stockName(), "s", stock.run(directory.resolve("stock"), classes.use(STOCK)));
          try (BootNode node = BootNode.start(List.of(), "b", database)) {
            arrived(node.journey());
            node.kill();
          }
          if (rounds == 1) {
            topic.fill(0, written, written + TAIL);
            written += TAIL;
            source.client().awaitDocuments(written);
            crashed(database);
          }
          Directories.remove(database.node("b"));
        }
      }
    }
    figures.ratio(stockName(), weirName(), rounds == 1 ? ">= 3" : ">= 15");
    figures.ratio(stockName(), weirName() + ", without waiting", "");
    figures.ratio(stockName(), weirName() + ", without its JVM's start", "");
  }

  /** A changelog to restore, and the classes that this takes laid out. */
  private StockRestore stock(BrokerProcess broker, ClassArchive classes, Path directory)
      throws Exception {
    String servers = broker.bootstrapServers();
    StockRestore.prepare(servers, "stock-classes", MARKS, 1)
        .run(directory.resolve("stock"), classes.make(STOCK));
    return StockRestore.prepare(servers, "stock", documents, rounds);
  }

  private String stockName() {
    return "Kafka Streams" + what + ": process start to ready";
  }

  private String weirName() {
    return "Weir" + what + ": process start to ready";
  }

  private void arrived(Journey journey) {
    System.err.println(journey);
    figures.add(weirName(), "s", journey.ready());
    figures.add(weirName() + ", without waiting", "s", journey.ready() - journey.waited());
    figures.add(weirName() + ", without its JVM's start", "s", journey.ready() - journey.up());
    figures.add("Weir" + what + ": until the HTTP API is up", "s", journey.up());
    if (journey.transfer() > 0) {
      figures.add("Weir" + what + ": until the first byte", "s", journey.first());
      figures.add("Weir" + what + ": first byte to last", "s", journey.transfer());
      figures.add("Weir" + what + ": last byte to ready", "s", journey.ready() - journey.last());
      figures.add("Weir" + what + ": rate", "MB/s", journey.bytes() / 1e6 / journey.transfer());
    }
    figures.add(
        "Weir" + what + ": longest time that a state waited for its use", "s", journey.waited());
    figures.add("Weir" + what + ": fetched", "MB", journey.bytes() / 1e6);
    figures.add(
        "Weir" + what + ": records folded after the transfer",
        "",
        journey.records() - journey.spared());
    figures.add("Weir" + what + ": records of the log", "", journey.records());
  }

  private void crashed(BootNode.Database database) throws Exception {
    double found = positions(database);
    try (BootNode node = BootNode.start(List.of(), "b", database)) {
      Journey journey = node.journey();
      System.err.println(journey);
      figures.add("killed node: process start to ready", "s", journey.ready());
      figures.add("killed node: until the HTTP API is up", "s", journey.up());
      figures.add(
          "killed node: from then until the group has let it in",
          "s",
          journey.open() - journey.up());
      figures.add(
          "killed node: without that", "s", journey.ready() - journey.open() + journey.up());
      figures.add("killed node: records folded", "", journey.records() - found);
      figures.add("killed node: bytes fetched", "", journey.bytes());
      node.kill();
    }
  }

  /** Records that the shards on disk have folded. */
  private static double positions(BootNode.Database database) {
    TopicPlan topics = new TopicPlan("bench", 0, BootNode.SHARDS);
    Path tasks = database.node("b").resolve("streams").resolve(topics.streamsApplicationId());
    double sum = 0;
    for (int shard = 0; shard < BootNode.SHARDS; shard++) {
      sum +=
          RocksShard.peekPosition(tasks.resolve("0_" + shard).resolve(ShardSetup.storeName(0)))
              .map(position -> position.offset() + 1.0)
              .orElse(0.0);
    }
    return sum;
  }
}
