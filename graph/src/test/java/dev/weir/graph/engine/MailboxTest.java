package dev.weir.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The barrier, seen from shard 1 of 3. */
final class MailboxTest {

  private static final int SHARD = 1;
  private static final int SHARDS = 3;

  private final List<Arrivals> done = new ArrayList<>();
  private final Mailbox mailbox = new Mailbox(SHARD, SHARDS, 0, budget(), done::add);

  private static MemoryBudget.Share budget() {
    return new MemoryBudget(Long.MAX_VALUE).share();
  }

  private static byte[] frame(int superstep, int source, int sequence) {
    byte[] bytes = new byte[FrameHeader.MOST];
    int end = new FrameHeader(superstep, source, sequence, 0).write(bytes);
    return Arrays.copyOf(bytes, end);
  }

  private static byte[] end(int superstep, int source, int frames) {
    int[] counts = new int[SHARDS];
    counts[SHARD] = frames;
    return new Announcement(superstep, source, counts, new long[0], Tally.NONE, Stop.NO, "", false)
        .write();
  }

  @Test
  void isCompleteWhenAllHaveAnnouncedAndAllIsThere() {
    mailbox.announcement(end(0, 0, 0));
    mailbox.announcement(end(0, 1, 2));
    mailbox.frame(frame(0, 1, 0));
    mailbox.announcement(end(0, 2, 0));
    assertThat(done).isEmpty();
    mailbox.frame(frame(0, 1, 1));
    assertThat(done).hasSize(1);
    assertThat(done.get(0).framesOf(1)).hasSize(2);
  }

  @Test
  void keepsWhatComesForTheNextSuperstep() {
    mailbox.announcement(end(0, 0, 0));
    mailbox.announcement(end(0, 1, 0));
    mailbox.frame(frame(1, 0, 0));
    mailbox.announcement(end(1, 0, 1));
    mailbox.announcement(end(1, 1, 0));
    assertThat(done).isEmpty();
    mailbox.announcement(end(0, 2, 0));
    assertThat(done).hasSize(1);
    mailbox.announcement(end(1, 2, 0));
    assertThat(done).hasSize(2);
    assertThat(done.get(1).framesOf(0)).hasSize(1);
  }

  @Test
  void leavesOutWhatCameBefore() {
    mailbox.frame(frame(0, 0, 0));
    mailbox.frame(frame(0, 0, 0));
    mailbox.announcement(end(0, 0, 2));
    mailbox.announcement(end(0, 0, 2));
    mailbox.announcement(end(0, 1, 0));
    mailbox.announcement(end(0, 2, 0));
    assertThat(done).isEmpty();
    mailbox.frame(frame(0, 0, 1));
    assertThat(done).hasSize(1);
    mailbox.frame(frame(0, 0, 1));
    mailbox.announcement(end(0, 2, 0));
    assertThat(done).hasSize(1);
  }

  @Test
  void seesAGap() {
    mailbox.frame(frame(0, 0, 0));
    assertThatThrownBy(() -> mailbox.frame(frame(0, 0, 2))).hasMessageContaining("frame 1");
    assertThatThrownBy(() -> mailbox.frame(frame(2, 0, 0))).hasMessageContaining("superstep 2");
  }

  @Test
  void whateverTheOrderOfSourcesItIsCompleteOnceAndOnlyAtTheEnd() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<List<byte[]>> bySource = new ArrayList<>();
      int left = 0;
      for (int source = 0; source < SHARDS; source++) {
        List<byte[]> sent = new ArrayList<>();
        int frames = random.nextInt(4);
        for (int i = 0; i < frames; i++) {
          sent.add(frame(0, source, i));
        }
        sent.add(random.nextInt(frames + 1), end(0, source, frames));
        bySource.add(sent);
        left += sent.size();
      }
      List<Arrivals> complete = new ArrayList<>();
      Mailbox box = new Mailbox(SHARD, SHARDS, 0, budget(), complete::add);
      while (left > 0) {
        List<byte[]> sent = bySource.get(random.nextInt(SHARDS));
        if (!sent.isEmpty()) {
          assertThat(complete).as("seed %d", seed).isEmpty();
          deliver(box, sent.remove(0));
          left--;
        }
      }
      assertThat(complete).as("seed %d", seed).hasSize(1);
    }
  }

  /** Frames are the ones as long as a header; announcements are longer. */
  private static void deliver(Mailbox box, byte[] bytes) {
    if (bytes.length <= frame(0, 0, 0).length) {
      box.frame(bytes);
    } else {
      box.announcement(bytes);
    }
  }
}
