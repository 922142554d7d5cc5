package dev.weir.graph.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.graph.engine.Announcement.Stop;
import dev.weir.graph.engine.Announcement.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrameTest {

  private final List<byte[]> frames = new ArrayList<>();

  private FrameWriter writer(int channel) {
    return new FrameWriter(300, 200, channel, frames::add);
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(1);
    int[] places = random.ints(200_000, 0, 50).toArray();
    long[] words = new long[places.length];
    FrameWriter writer = writer(3);
    int place = 0;
    for (int i = 0; i < places.length; i++) {
      place += places[i];
      places[i] = place;
      words[i] = random.nextLong() >> random.nextInt(64);
      writer.word(place, words[i]);
    }
    writer.flush();
    assertThat(frames).hasSizeGreaterThan(1);
    assertThat(writer.entries()).isEqualTo(places.length);

    int i = 0;
    for (byte[] frame : frames) {
      FrameReader reader = new FrameReader(frame);
      assertThat(FrameHeader.read(reader)).isEqualTo(new FrameHeader(300, 200, 0, 3));
      int at = 0;
      while (reader.hasMore()) {
        at += (int) reader.varint();
        assertThat(at).isEqualTo(places[i]);
        assertThat(reader.signed()).isEqualTo(words[i]);
        i++;
      }
      assertThat(frame.length).isLessThan(FrameWriter.FULL + 100);
    }
    assertThat(i).isEqualTo(places.length);
  }

  @Test
  void aFrameIsNumberedWhenItIsSent() {
    FrameWriter writer = writer(1);
    writer.word(0, 1);
    writer.flush();
    FrameHeader.setSequence(frames.get(0), 77);
    assertThat(FrameHeader.read(new FrameReader(frames.get(0))).sequence()).isEqualTo(77);
  }

  @Test
  void nothingWrittenIsNoFrame() {
    writer(0).flush();
    assertThat(frames).isEmpty();
  }

  @Test
  void anotherVersionIsRefused() {
    assertThatThrownBy(() -> FrameHeader.read(new FrameReader(new byte[] {9, 0, 0, 0, 0, 0, 0})))
        .hasMessageContaining("version 9");
    assertThatThrownBy(() -> Announcement.read(new byte[] {9})).hasMessageContaining("version 9");
  }

  @Test
  void anAnnouncementIsReadAsItWasWritten() {
    Announcement announcement =
        new Announcement(
            7,
            3,
            new int[] {0, 1, 500},
            new long[] {Long.MIN_VALUE, -1, WordCombine.bits(0.1)},
            new Tally(1, 2, 3, Long.MAX_VALUE, 5),
            Stop.FAILED,
            "größer als …",
            true);
    assertThat(Announcement.read(announcement.write()))
        .usingRecursiveComparison()
        .isEqualTo(announcement);
  }
}
