package dev.weir.graph.engine;

import dev.weir.graph.Exchange;

/**
 * What a shard sends in one superstep: a writer for each channel and target, made when first used.
 * Confined to the thread that computes the shard.
 */
final class Outbox {

  private final int superstep;
  private final int source;
  private final Exchange exchange;
  private final FrameWriter[][] writers;
  private final int[] sent;

  /** By channel, of frames that were not made by a writer. */
  private final long[] entries;

  private long bytes;

  Outbox(int superstep, ShardPlace place, int channels, Exchange exchange) {
    this.superstep = superstep;
    this.source = place.shard();
    this.exchange = exchange;
    this.writers = new FrameWriter[channels][place.shards()];
    this.sent = new int[place.shards()];
    this.entries = new long[channels];
  }

  FrameWriter to(int channel, int target) {
    FrameWriter writer = writers[channel][target];
    if (writer == null) {
      writer = new FrameWriter(superstep, source, channel, frame -> send(target, frame));
      writers[channel][target] = writer;
    }
    return writer;
  }

  /** What a frame of a channel begins with. */
  FrameHeader header(int channel) {
    return new FrameHeader(superstep, source, 0, channel);
  }

  /** Sends a frame that was not made by a writer of this outbox. */
  void send(int channel, int target, byte[] frame, int ofFrame) {
    send(target, frame);
    entries[channel] += ofFrame;
  }

  private void send(int target, byte[] frame) {
    FrameHeader.setSequence(frame, sent[target]);
    exchange.send(source, target, frame);
    sent[target]++;
    bytes += frame.length;
  }

  /** Sends what is left in all writers. */
  void flush() {
    for (FrameWriter[] ofChannel : writers) {
      for (FrameWriter writer : ofChannel) {
        if (writer != null) {
          writer.flush();
        }
      }
    }
  }

  /** How many frames each shard was sent. */
  int[] frames() {
    return sent.clone();
  }

  /** How many messages a channel was sent. */
  long entries(int channel) {
    long count = entries[channel];
    for (FrameWriter writer : writers[channel]) {
      count += writer == null ? 0 : writer.entries();
    }
    return count;
  }

  long bytes() {
    return bytes;
  }
}
