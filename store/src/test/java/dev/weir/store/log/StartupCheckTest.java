package dev.weir.store.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.weir.store.Position;
import dev.weir.store.log.LogFacts.RecordAt;
import dev.weir.store.log.LogFacts.Shard;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class StartupCheckTest {

  private static final Uuid LOG = new Uuid(1, 1);
  private static final Uuid OTHER_LOG = new Uuid(2, 2);
  private static final TopicPlan ONE_SHARD = new TopicPlan("app", 0, 1);
  private static final RecordAt NOT_LOOKED = new RecordAt.NotLooked();
  private static final RecordAt EPOCH_5 = new RecordAt.Found(5);
  private static final Map<Integer, Position> NONE = Map.of();

  // Of one shard: the local state, and log start, log end, group offset and record at the position.
  static Stream<Arguments> cases() {
    return Stream.of(
        arguments("no topic, no state", NONE, LogFacts.noLog(), "first start"),
        arguments("empty log", NONE, log(0, 0, -1, NOT_LOOKED), "first start"),
        arguments("new node, full log", NONE, log(0, 100, 100, NOT_LOOKED), "first start"),
        arguments("state that folded nothing", at(-1), log(0, 100, 100, NOT_LOOKED), "first start"),
        arguments("empty state, no topic", at(-1), LogFacts.noLog(), "first start"),
        arguments("state at the end", at(99), log(0, 100, 100, EPOCH_5), "continue"),
        arguments("state ahead of the group", at(99), log(0, 100, 40, EPOCH_5), "continue"),
        arguments("state behind the group", at(40), log(0, 100, 99, EPOCH_5), "continue"),
        arguments(
            "group offset missing", at(99), log(0, 100, -1, EPOCH_5), "continue", "read again"),
        arguments("log start below", at(99), log(50, 100, 100, EPOCH_5), "continue"),
        arguments("log start next", at(49), log(50, 100, 100, NOT_LOOKED), "continue"),
        arguments("epoch of the record unknown", at(9), log(0, 10, 5, found(-1)), "continue"),
        arguments("epoch of the state unknown", epoch(9, -1), log(0, 10, 5, EPOCH_5), "continue"),
        arguments(
            "group beyond the end", at(9), log(0, 10, 11, EPOCH_5), "refuse", "--reset-offsets"),
        arguments(
            "group beyond the end, no state",
            NONE,
            log(0, 10, 11, NOT_LOOKED),
            "refuse",
            "replaced"),
        arguments(
            "records gone, state",
            at(48),
            log(50, 100, 100, NOT_LOOKED),
            "refuse",
            "records between"),
        arguments(
            "records gone, no state", NONE, log(1, 100, 100, NOT_LOOKED), "refuse", "begins at 1"),
        arguments(
            "all records gone, no state", NONE, log(7, 7, 7, NOT_LOOKED), "refuse", "begins at 7"),
        arguments(
            "state beyond the end", at(10), log(0, 10, 10, NOT_LOOKED), "refuse", "ends at 10"),
        arguments("state of an empty log", at(0), log(0, 0, -1, NOT_LOOKED), "refuse", "ends at 0"),
        arguments("other epoch", at(9), log(0, 20, 10, found(6)), "refuse", "leader epoch 6"),
        arguments(
            "no record there", at(9), log(0, 20, 10, new RecordAt.Hole()), "refuse", "compacted"),
        arguments(
            "topic recreated", of(OTHER_LOG, 0), log(0, 20, 10, EPOCH_5), "refuse", "created anew"),
        arguments(
            "other generation", of(LOG, 1), log(0, 20, 10, EPOCH_5), "refuse", "generation 1"),
        arguments("topic gone", at(0), LogFacts.noLog(), "refuse", "does not exist"),
        arguments(
            "fewer partitions than the state's",
            Map.of(3, position(LOG, 0, 9, 5)),
            log(0, 20, 10, NOT_LOOKED),
            "refuse",
            "no such partition"));
  }

  static Stream<Arguments> casesWithWords() {
    return cases()
        .map(
            c -> {
              Object[] a = c.get();
              return arguments(a[0], a[1], a[2], a[3], a.length > 4 ? a[4] : "");
            });
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("casesWithWords")
  void decides(
      String name, Map<Integer, Position> state, LogFacts facts, String verdict, String words) {
    StartupVerdict decided = StartupCheck.decide(ONE_SHARD, state, facts);
    if (decided instanceof StartupVerdict.FirstStart first) {
      assertThat(verdict).isEqualTo("first start");
      assertThat(String.join("\n", first.notes())).isEqualTo(words);
    } else if (decided instanceof StartupVerdict.Continue go) {
      assertThat(verdict).isEqualTo("continue");
      assertThat(String.join("\n", go.notes())).contains(words);
      assertThat(go.notes()).hasSize(words.isEmpty() ? 0 : 1);
    } else if (decided instanceof StartupVerdict.Refuse refuse) {
      assertThat(verdict).as(String.join("\n", refuse.reasons())).isEqualTo("refuse");
      assertThat(refuse.reasons()).singleElement().asString().contains(words);
    }
  }

  @Test
  void listsTheReasonsOfAllShardsAtOnce() {
    TopicPlan plan = new TopicPlan("app", 0, 5);
    LogFacts facts =
        new LogFacts(
            LOG,
            List.of(
                new Shard(0, 0, 10, OptionalLong.of(10), EPOCH_5),
                new Shard(1, 20, 30, OptionalLong.empty(), NOT_LOOKED),
                new Shard(2, 0, 5, OptionalLong.of(9), NOT_LOOKED),
                new Shard(3, 0, 0, OptionalLong.empty(), NOT_LOOKED)));
    StartupVerdict verdict =
        StartupCheck.decide(
            plan, Map.of(0, position(LOG, 0, 9, 4), 2, position(LOG, 0, 8, 5)), facts);
    assertThat(verdict).isInstanceOf(StartupVerdict.Refuse.class);
    assertThat(((StartupVerdict.Refuse) verdict).reasons())
        .satisfiesExactly(
            r -> assertThat(r).contains("4 partitions").contains("configure 4"),
            r -> assertThat(r).startsWith("shard 0 of app.log.g0: ").contains("leader epoch 5"),
            r -> assertThat(r).startsWith("shard 1 of app.log.g0: ").contains("begins at 20"),
            r -> assertThat(r).startsWith("shard 2 of app.log.g0: ").contains("ends at 5"));
  }

  private static LogFacts log(long start, long end, long groupOffset, RecordAt record) {
    OptionalLong group = groupOffset < 0 ? OptionalLong.empty() : OptionalLong.of(groupOffset);
    return new LogFacts(LOG, List.of(new Shard(0, start, end, group, record)));
  }

  private static RecordAt found(int epoch) {
    return new RecordAt.Found(epoch);
  }

  private static Map<Integer, Position> at(long offset) {
    return epoch(offset, 5);
  }

  private static Map<Integer, Position> epoch(long offset, int epoch) {
    return Map.of(0, position(LOG, 0, offset, epoch));
  }

  private static Map<Integer, Position> of(Uuid log, int generation) {
    return Map.of(0, position(log, generation, 9, 5));
  }

  private static Position position(Uuid log, int generation, long offset, int epoch) {
    return new Position(log, generation, offset, epoch);
  }
}
