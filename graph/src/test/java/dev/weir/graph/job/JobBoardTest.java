package dev.weir.graph.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.graph.job.JobView.State;
import dev.weir.graph.kafka.Stretch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What three shards' nodes say of a job, in different orders. */
final class JobBoardTest {

  private static final String ID = "0000000000abc";

  private final JobBoard board = new JobBoard(3);
  private long now = 1_000;

  private void take(JobEvent event) {
    // Through bytes, as they travel.
    var unused = board.take(ID, JobEvent.read(event.write()), now++);
  }

  private JobView job() {
    return board.job(ID).orElseThrow();
  }

  private void submit() {
    JobRequest request =
        new JobRequest(
            "pr",
            Map.of("iterations", "3"),
            List.of(new JobRequest.Edges("knows", true), new JobRequest.Edges("likes", false)),
            true,
            "w",
            null,
            null,
            "ranks",
            5);
    take(new JobEvent.Submitted(request.json(), 4, "a"));
    assertThat(job().request()).isEqualTo(request);
  }

  private static JobEvent.Offered offer(int attempt, String node, Integer... shards) {
    return new JobEvent.Offered(attempt, node, 7, List.of(shards));
  }

  @Test
  void aJobRunsOnceEveryShardIsOfferedAndTheFirstOfferCounts() {
    submit();
    take(offer(1, "a", 0, 1));
    take(offer(1, "b", 1, 2));
    assertThat(job().state()).isEqualTo(State.WAITING);
    assertThat(job().offers()).containsOnlyKeys("a");
    take(offer(1, "b", 2));
    assertThat(job().state()).isEqualTo(State.RUNNING);
    assertThat(job().nodeOf(1)).contains("a");
    assertThat(job().nodeOf(2)).contains("b");
    take(new JobEvent.Written(1, "a", 10, List.of("slow")));
    take(new JobEvent.Ended(1, State.DONE, ""));
    assertThat(job().state()).isEqualTo(State.DONE);
    assertThat(job().run()).isEqualTo(ID);
    take(new JobEvent.Aborted(1, "too late"));
    assertThat(job().state()).isEqualTo(State.DONE);
  }

  @Test
  void aLostAttemptIsFollowedByTheNextAndWhatItSaysLaterIsNotHeard() {
    submit();
    take(offer(1, "a", 0, 1, 2));
    take(new JobEvent.Built(1, 5, 6, 0, List.of(1L, 2L, 3L)));
    take(new JobEvent.Aborted(1, "node a is gone"));
    take(new JobEvent.Aborted(1, "a says so too"));
    assertThat(job().attempt()).isEqualTo(2);
    assertThat(job().run()).isEqualTo(ID + ".2");
    assertThat(job().restarts()).containsExactly(new JobView.Restart("node a is gone", null));
    assertThat(job().built()).isNull();
    take(offer(1, "a", 0, 1, 2));
    take(new JobEvent.Written(1, "a", 5, List.of()));
    take(new JobEvent.Ended(1, State.DONE, ""));
    assertThat(job().state()).isEqualTo(State.WAITING);
    assertThat(job().written()).isEmpty();
    take(new JobEvent.Ended(1, State.REFUSED, "the graph is empty"));
    assertThat(job().state()).isEqualTo(State.REFUSED);
  }

  private static JobEvent.Kept kept(int attempt, int shard, int superstep) {
    Stretch stretch = new Stretch("id", 100L * superstep + shard, 100L * superstep + shard, 1);
    return new JobEvent.Kept(attempt, shard, superstep, stretch);
  }

  @Test
  void theNextAttemptGoesOnFromWhatAllShardsHaveKept() {
    submit();
    take(offer(1, "a", 0, 1, 2));
    take(new JobEvent.Built(1, 5, 6, 0, List.of(1L, 2L, 3L)));
    for (int shard = 0; shard < 3; shard++) {
      take(kept(1, shard, 4));
      take(kept(1, shard, JobEvent.Kept.GRAPH));
    }
    take(kept(1, 0, 9));
    take(kept(1, 2, 9));
    take(new JobEvent.Aborted(1, "node b is gone"));
    assertThat(job().restarts()).containsExactly(new JobView.Restart("node b is gone", 4));
    assertThat(job().built()).isNotNull();
    assertThat(job().checkpoint().isComplete(3)).isTrue();
    take(kept(1, 1, 9));
    assertThat(job().checkpoint().superstep()).isEqualTo(4);
    assertThat(board.needed(1)).isEqualTo(-99);

    take(offer(2, "a", 0, 1, 2));
    take(kept(2, 0, 7));
    take(kept(2, 1, 7));
    take(kept(2, 2, 7));
    take(new JobEvent.Aborted(2, "node c is gone"));
    assertThat(job().restarts().get(1)).isEqualTo(new JobView.Restart("node c is gone", 7));
    take(new JobEvent.Aborted(3, "what was kept is gone", true));
    assertThat(job().restarts().get(2).superstep()).isNull();
    assertThat(job().checkpoint()).isEqualTo(Checkpoint.NONE);
    assertThat(job().built()).isNull();
    assertThat(board.needed(1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itIsGivenUpAfterManyAttemptsAndForgottenWhenRemoved() {
    submit();
    for (int attempt = 1; attempt <= JobBoard.MOST_ATTEMPTS; attempt++) {
      assertThat(job().state()).isEqualTo(State.WAITING);
      take(new JobEvent.Aborted(attempt, "reason " + attempt));
    }
    assertThat(job().state()).isEqualTo(State.FAILED);
    assertThat(job().reason()).contains("reason " + JobBoard.MOST_ATTEMPTS);
    take(new JobEvent.Removed());
    assertThat(board.jobs()).isEmpty();
    take(offer(1, "a", 0));
    assertThat(board.job(ID)).isEmpty();
  }
}
