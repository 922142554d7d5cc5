package dev.weir.graph.engine;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shard has got of one superstep so far. Guarded by its mailbox. */
final class Arrivals {

  private final int shard;
  private final List<List<byte[]>> frames = new ArrayList<>();
  private final @Nullable Announcement[] announcements;
  private int complete;
  private long bytes;

  Arrivals(int shard, int shards) {
    this.shard = shard;
    this.announcements = new Announcement[shards];
    for (int source = 0; source < shards; source++) {
      frames.add(new ArrayList<>());
    }
  }

  /** Whether a frame has not come before. */
  boolean isNew(FrameHeader header) {
    return header.sequence() >= frames.get(header.source()).size();
  }

  /** Takes a frame that is new. */
  void frame(FrameHeader header, byte[] frame) {
    List<byte[]> ofSource = frames.get(header.source());
    if (header.sequence() > ofSource.size()) {
      throw new IllegalStateException(
          "frame "
              + ofSource.size()
              + " from shard "
              + header.source()
              + " is missing before "
              + header);
    }
    ofSource.add(frame);
    bytes += frame.length;
    count(header.source());
  }

  void announcement(Announcement announcement) {
    if (announcements[announcement.source()] == null) {
      announcements[announcement.source()] = announcement;
      count(announcement.source());
    }
  }

  private void count(int source) {
    Announcement announcement = announcements[source];
    if (announcement != null && announcement.frames()[shard] == frames.get(source).size()) {
      complete++;
    }
  }

  /** Whether every shard has announced its end, and every announced frame is here. */
  boolean isComplete() {
    return complete == announcements.length;
  }

  /** Bytes of all frames. */
  long bytes() {
    return bytes;
  }

  /** The frames that a shard has sent, in order. */
  List<byte[]> framesOf(int source) {
    return frames.get(source);
  }

  /** The announcements by shard; only when complete. */
  List<Announcement> announcements() {
    List<Announcement> all = new ArrayList<>();
    for (Announcement announcement : announcements) {
      if (announcement == null) {
        throw new IllegalStateException("not complete");
      }
      all.add(announcement);
    }
    return all;
  }
}
