package dev.weir.store.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.store.SourceDefinition.Start;
import dev.weir.store.ingest.Watermarks.Answer;
import dev.weir.store.write.LogRecord.Origin;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StartRuleTest {

  private static final Uuid LOG = Uuid.randomUuid();
  private static final Uuid TOPIC = Uuid.randomUuid();
  private static final Origin ORIGIN = new Origin(7, 2, TOPIC, 1);
  private static final Answer NONE = new Answer.None();
  private static final Answer ASKED_IN_VAIN = new Answer.Unknown("never asked");

  private static OffsetAndMetadata offset(long offset, String metadata) {
    return new OffsetAndMetadata(offset, metadata);
  }

  private static String note(int source, int revision, Uuid topic, int partitions) {
    return new CommitNote(LOG, source, revision, topic, partitions).text();
  }

  static Stream<Arguments> cases() {
    OffsetAndMetadata own = offset(50, note(7, 2, TOPIC, 4));
    OffsetAndMetadata older = offset(50, note(7, 1, TOPIC, 4));
    OffsetAndMetadata newer = offset(50, note(7, 3, TOPIC, 4));
    OffsetAndMetadata byTool = offset(50, "");
    OffsetAndMetadata recreated = offset(50, note(7, 2, Uuid.randomUuid(), 4));
    OffsetAndMetadata dropped = offset(50, note(6, 9, TOPIC, 4));
    return Stream.of(
        // committed, log from, to, start, first partitions, watermarks -> start point
        row(own, 0, 90, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Continue(own)),
        row(own, 50, 50, Start.LATEST, 4, ASKED_IN_VAIN, new StartPoint.Continue(own)),
        // A new revision reads everything again, unless the source was to leave the past alone.
        row(older, 3, 90, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Begin(3)),
        row(older, 3, 90, Start.LATEST, 4, ASKED_IN_VAIN, new StartPoint.Begin(50)),
        row(older, 51, 90, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Missing(50, 51)),
        row(byTool, 0, 90, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Begin(50)),
        row(own, 51, 90, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Missing(50, 51)),
        row(own, 0, 49, Start.EARLIEST, 4, ASKED_IN_VAIN, new StartPoint.Ahead(50, 49)),
        row(null, 10, 90, Start.EARLIEST, 4, NONE, new StartPoint.Begin(10)),
        row(null, 10, 90, Start.LATEST, 4, NONE, new StartPoint.Begin(90)),
        // A partition that was added later has nothing that was meant to be left out.
        row(null, 0, 90, Start.LATEST, 1, NONE, new StartPoint.Begin(0)),
        row(recreated, 0, 90, Start.LATEST, 4, NONE, new StartPoint.Begin(0)),
        row(dropped, 0, 90, Start.LATEST, 4, NONE, new StartPoint.Begin(90)),
        row(dropped, 0, 90, Start.EARLIEST, 4, NONE, new StartPoint.Begin(0)),
        row(null, 0, 90, Start.LATEST, 4, new Answer.Lowest(41), new StartPoint.Begin(42)),
        row(null, 0, 90, Start.LATEST, 4, new Answer.Lowest(-1), new StartPoint.Begin(0)),
        row(null, 42, 90, Start.EARLIEST, 4, new Answer.Lowest(41), new StartPoint.Begin(42)),
        row(null, 43, 90, Start.EARLIEST, 4, new Answer.Lowest(41), new StartPoint.Missing(42, 43)),
        row(null, 0, 41, Start.EARLIEST, 4, new Answer.Lowest(41), new StartPoint.Ahead(42, 41)),
        row(null, 0, 90, Start.EARLIEST, 4, new Answer.Unknown("w"), new StartPoint.NotYet("w")),
        row(
            newer,
            0,
            90,
            Start.EARLIEST,
            4,
            ASKED_IN_VAIN,
            new StartPoint.NotYet(
                "another node already uses revision 3 of the source, this one knows revision 2")));
  }

  private static Arguments row(
      @Nullable OffsetAndMetadata committed,
      long from,
      long to,
      Start start,
      int first,
      Answer watermarks,
      StartPoint expected) {
    return Arguments.of(
        new StartRule.Partition(committed, from, to), start, first, watermarks, expected);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decidesWhereASessionBegins(
      StartRule.Partition partition, Start start, int first, Answer answer, StartPoint expected) {
    assertThat(StartRule.decide(ORIGIN, partition, start, first, () -> answer)).isEqualTo(expected);
  }

  @Test
  void remembersHowManyPartitionsThereWereAtFirst() {
    List<String> notes =
        List.of(
            note(7, 1, TOPIC, 2),
            note(7, 2, TOPIC, 3),
            note(6, 2, TOPIC, 1),
            note(7, 2, Uuid.randomUuid(), 1),
            "by a tool");
    assertThat(StartRule.firstPartitions(ORIGIN, notes, 4)).isEqualTo(2);
    assertThat(StartRule.firstPartitions(ORIGIN, List.of(), 4)).isEqualTo(4);
  }

  @Test
  void notesAreReadBackAndOtherTextIsNot() {
    CommitNote note = new CommitNote(LOG, 7, 2, TOPIC, 4);
    assertThat(CommitNote.parse(note.text())).isEqualTo(note);
    assertThat(CommitNote.parse(null)).isNull();
    assertThat(CommitNote.parse("")).isNull();
    assertThat(CommitNote.parse(note.text() + " x")).isNull();
    assertThat(CommitNote.parse(note.text().replace(TOPIC.toString(), "?".repeat(22)))).isNull();
    assertThat(CommitNote.isOfAnother(Uuid.randomUuid(), offset(5, note.text()))).isTrue();
    assertThat(CommitNote.isOfAnother(LOG, offset(5, note.text()))).isFalse();
    assertThat(CommitNote.isOfAnother(LOG, offset(5, "by a tool"))).isFalse();
  }
}
