package dev.weir.graph.kafka;

import dev.weir.graph.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's connection to the topic in which the shards of all runs talk: a partition for each
 * shard, and behind them one for what everybody hears. One producer and one thread that reads, for
 * all runs of the process. Safe from any thread.
 */
public final class GraphWire implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GraphWire.class);

  private final int shards;
  private final EventListener events;
  private final UUID self = UUID.randomUUID();
  private final Map<RunKey, KafkaExchange> exchanges = new ConcurrentHashMap<>();
  private final Map<KafkaExchange, SortedSet<Integer>> listening = new ConcurrentHashMap<>();
  private final WireSender sender;
  private final WireReader reader;

  /** Is told what all processes are told, in one order; by one thread, must return soon. */
  public interface EventListener {
    /**
     * An event.
     *
     * @param run what it is about
     * @param timestamp when it was sent, milliseconds since 1970 by the clock of its sender
     */
    void event(RunKey run, byte[] event, long timestamp);
  }

  /**
   * Connects.
   *
   * @param client settings of Kafka clients, at least where the brokers are
   * @param topic exists, with a partition more than there are shards
   * @param events is told of all events that the topic holds, old ones first
   */
  public GraphWire(Map<String, ?> client, String topic, int shards, EventListener events) {
    this.shards = shards;
    this.events = events;
    this.sender = new WireSender(client, topic);
    this.reader = new WireReader(client, topic, shards, new Reading());
  }

  /**
   * Takes part in an attempt of a run.
   *
   * @param attempt its phase is not looked at
   * @param phases how many
   * @param here shards that are computed in this process, at least one
   * @return the phases, once everything that is sent from then on will arrive
   */
  public CompletableFuture<List<Exchange>> join(
      RunKey attempt, int phases, Collection<Integer> here) {
    SortedSet<Integer> own = Collections.unmodifiableSortedSet(new TreeSet<>(here));
    List<Exchange> joined = new ArrayList<>();
    for (int phase = 0; phase < phases; phase++) {
      RunKey key = new RunKey(attempt.run(), attempt.attempt(), phase);
      KafkaExchange exchange = new KafkaExchange(key, shards, own, this);
      if (exchanges.putIfAbsent(key, exchange) != null) {
        joined.forEach(Exchange::close);
        throw new IllegalStateException("this process takes part already in " + key);
      }
      joined.add(exchange);
    }
    if (own.size() == shards) {
      return CompletableFuture.completedFuture(joined);
    }
    List<CompletableFuture<Void>> ready = new ArrayList<>();
    for (Exchange exchange : joined) {
      listening.put((KafkaExchange) exchange, own);
      ready.add(reader.listen(own));
    }
    return CompletableFuture.allOf(ready.toArray(CompletableFuture[]::new))
        .handle((none, failure) -> opened(joined, failure));
  }

  private static List<Exchange> opened(List<Exchange> joined, @Nullable Throwable failure) {
    if (failure != null) {
      joined.forEach(Exchange::close);
      throw new IllegalStateException("the topic of frames cannot be read", failure);
    }
    return joined;
  }

  /**
   * Tells all processes, this one too.
   *
   * @return completes when it is sure to be heard; fails if it may not be
   */
  public CompletableFuture<Void> tell(RunKey run, byte[] event) {
    return sender.send(shards, new RecordKey(RecordKey.Kind.EVENT, run, 0, false), event);
  }

  CompletableFuture<Void> send(int partition, RecordKey key, byte[] value) {
    return sender.send(partition, key, value);
  }

  void leave(RunKey run, String reason) {
    byte[] text = reason.getBytes(StandardCharsets.UTF_8);
    byte[] value =
        ByteBuffer.allocate(2 * Long.BYTES + text.length)
            .putLong(self.getMostSignificantBits())
            .putLong(self.getLeastSignificantBits())
            .put(text)
            .array();
    var unused = sender.send(shards, new RecordKey(RecordKey.Kind.LEAVING, run, 0, false), value);
  }

  void left(KafkaExchange exchange) {
    if (exchanges.remove(exchange.key(), exchange)) {
      SortedSet<Integer> own = listening.remove(exchange);
      if (own != null) {
        reader.forget(own);
      }
    }
  }

  /** Hands on what is read. */
  private final class Reading implements WireReader.Listener {

    @Override
    public void record(ConsumerRecord<byte[], byte[]> record) {
      RecordKey key = RecordKey.read(record.key());
      if (key == null || record.value() == null) {
        LOG.warn("{} offset {} is of another version", record.partition(), record.offset());
        return;
      }
      if (key.kind() == RecordKey.Kind.EVENT) {
        event(key.run(), record);
        return;
      }
      KafkaExchange exchange = exchanges.get(key.run());
      if (exchange != null) {
        try {
          deliver(exchange, key, record);
        } catch (RuntimeException e) {
          exchange.breakOff("what arrived cannot be taken: " + e.getMessage());
        }
      }
    }

    private void event(RunKey run, ConsumerRecord<byte[], byte[]> record) {
      try {
        events.event(run, record.value(), record.timestamp());
      } catch (RuntimeException e) {
        LOG.warn("An event of {} at offset {} was not understood", run, record.offset(), e);
      }
    }

    private void deliver(
        KafkaExchange exchange, RecordKey key, ConsumerRecord<byte[], byte[]> record) {
      switch (key.kind()) {
        case FRAME -> exchange.frame(record.partition(), key.source(), record.value(), key.more());
        case ANNOUNCEMENT -> exchange.announcement(record.value());
        case LEAVING -> leaving(exchange, ByteBuffer.wrap(record.value()));
        case EVENT -> throw new IllegalStateException("no part of a run: " + key);
      }
    }

    private void leaving(KafkaExchange exchange, ByteBuffer value) {
      if (!new UUID(value.getLong(), value.getLong()).equals(self)) {
        String reason = StandardCharsets.UTF_8.decode(value).toString();
        exchange.breakOff("another process has left: " + reason);
      }
    }

    @Override
    public void missed(String reason) {
      List<KafkaExchange> relying = List.copyOf(listening.keySet());
      // The reader listens for nobody any more.
      listening.clear();
      relying.forEach(exchange -> exchange.breakOff(reason));
    }
  }

  /** Ends all runs of this process as lost. */
  @Override
  public void close() {
    exchanges.values().forEach(exchange -> exchange.breakOff("the node is closing"));
    reader.close();
    sender.close();
  }
}
