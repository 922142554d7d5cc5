package dev.weir.graph.kafka;

import dev.weir.graph.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One phase of a run in this process. Frames between shards of this process stay in memory, others
 * go through the topic. What arrives for a shard before it is attached waits.
 */
final class KafkaExchange implements Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(KafkaExchange.class);

  /** The most of a frame in one record. */
  private static final int RECORD_BYTES = 1024 * 1024;

  private final RunKey key;
  private final int shards;
  private final SortedSet<Integer> here;
  private final GraphWire wire;
  private final TreeMap<Integer, Slot> slots = new TreeMap<>();

  /** Beginnings of frames by target and source; confined to the reading thread. */
  private final TreeMap<Long, List<byte[]>> beginnings = new TreeMap<>();

  private @Nullable String broken; // under "this"
  private boolean closed; // under "this"
  private @Nullable Consumer<String> onBroken; // under "this"

  KafkaExchange(RunKey key, int shards, SortedSet<Integer> here, GraphWire wire) {
    this.key = key;
    this.shards = shards;
    this.here = here;
    this.wire = wire;
    here.forEach(shard -> slots.put(shard, new Slot()));
  }

  /** Where a shard's frames go, once it is attached. */
  private static final class Slot {
    private @Nullable Receiver receiver; // under "this"
    private final List<Consumer<Receiver>> early = new ArrayList<>(); // under "this"

    synchronized void attach(Receiver attached) {
      early.forEach(delivery -> delivery.accept(attached));
      early.clear();
      receiver = attached;
    }

    void deliver(Consumer<Receiver> delivery) {
      Receiver attached;
      synchronized (this) {
        attached = receiver;
        if (attached == null) {
          early.add(delivery);
          return;
        }
      }
      delivery.accept(attached);
    }
  }

  RunKey key() {
    return key;
  }

  private Slot slot(int shard) {
    Slot slot = slots.get(shard);
    if (slot == null) {
      throw new IllegalArgumentException("shard " + shard + " is not here but " + here);
    }
    return slot;
  }

  @Override
  public void attach(int shard, Receiver receiver) {
    slot(shard).attach(receiver);
  }

  @Override
  public void send(int source, int target, byte[] frame) {
    if (here.contains(target)) {
      slot(target).deliver(receiver -> receiver.frame(frame));
      return;
    }
    for (int from = 0; from < frame.length; from += RECORD_BYTES) {
      int to = Math.min(frame.length, from + RECORD_BYTES);
      boolean whole = from == 0 && to == frame.length;
      byte[] part = whole ? frame : Arrays.copyOfRange(frame, from, to);
      RecordKey record = new RecordKey(RecordKey.Kind.FRAME, key, source, to < frame.length);
      breakOnFailure(wire.send(target, record, part));
    }
  }

  @Override
  public void announce(byte[] announcement) {
    if (here.size() < shards) {
      RecordKey record = new RecordKey(RecordKey.Kind.ANNOUNCEMENT, key, here.first(), false);
      breakOnFailure(wire.send(shards, record, announcement));
    }
    slots.values().forEach(slot -> slot.deliver(receiver -> receiver.announcement(announcement)));
  }

  private void breakOnFailure(CompletableFuture<Void> sent) {
    var unused =
        sent.exceptionally(
            failure -> {
              breakOff("something could not be sent: " + failure);
              return null;
            });
  }

  /** Takes a frame, or a part of one, from another process. */
  void frame(int target, int source, byte[] value, boolean more) {
    long line = (long) target * shards + source;
    if (more) {
      beginnings.computeIfAbsent(line, none -> new ArrayList<>()).add(value);
      return;
    }
    List<byte[]> before = beginnings.remove(line);
    byte[] frame = before == null ? value : join(before, value);
    Slot slot = slots.get(target);
    if (slot != null) {
      slot.deliver(receiver -> receiver.frame(frame));
    }
  }

  private static byte[] join(List<byte[]> before, byte[] last) {
    byte[] all = new byte[before.stream().mapToInt(part -> part.length).sum() + last.length];
    int at = 0;
    for (byte[] part : before) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    System.arraycopy(last, 0, all, at, last.length);
    return all;
  }

  /** Takes an announcement of any process. */
  void announcement(byte[] announcement) {
    slots.values().forEach(slot -> slot.deliver(receiver -> receiver.announcement(announcement)));
  }

  @Override
  public void onBroken(Consumer<String> listener) {
    String reason;
    synchronized (this) {
      onBroken = listener;
      reason = broken;
    }
    if (reason != null) {
      listener.accept(reason);
    }
  }

  /** Not everything will arrive any more. */
  void breakOff(String reason) {
    Consumer<String> told;
    synchronized (this) {
      if (broken != null || closed) {
        return;
      }
      broken = reason;
      told = onBroken;
    }
    LOG.info("{} is over here: {}", key, reason);
    if (told != null) {
      told.accept(reason);
    }
  }

  @Override
  public void abandon(String reason) {
    if (here.size() < shards) {
      wire.leave(key, reason);
    }
  }

  @Override
  public void stop(String reason) {
    breakOff(reason);
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    wire.left(this);
  }
}
