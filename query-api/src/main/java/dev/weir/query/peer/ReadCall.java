package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.ReadResult;
import dev.weir.store.read.GatedReads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Answers the queries of one call from this node's shards, once those meet what is demanded. */
final class ReadCall {
  private static final int MIN_PAGE_BYTES = 64 << 10;

  private final PeerServices services;
  private final PeerSettings settings;
  private final GatedReads reads;

  ReadCall(PeerServices services, PeerSettings settings) {
    this.services = services;
    this.settings = settings;
    this.reads = new GatedReads(services.reader(), services.gate());
  }

  /** The frame of the answers; complete at once where no shard has to catch up first. */
  CompletableFuture<FrameWriter> answer(int number, List<ShardQuery<?>> questions) {
    List<CompletableFuture<? extends ReadResult<?>>> results = new ArrayList<>(questions.size());
    boolean waits = false;
    for (ShardQuery<?> question : questions) {
      CompletableFuture<? extends ReadResult<?>> result = read(question);
      waits |= !result.isDone();
      results.add(result);
    }
    if (!waits) {
      return CompletableFuture.completedFuture(frame(number, questions, results));
    }
    return CompletableFuture.allOf(results.toArray(CompletableFuture<?>[]::new))
        .thenApply(all -> frame(number, questions, results));
  }

  private <R> CompletableFuture<ReadResult<R>> read(ShardQuery<R> question) {
    return reads.read(question.shard(), question.query(), question.demand());
  }

  private FrameWriter frame(
      int number,
      List<ShardQuery<?>> questions,
      List<CompletableFuture<? extends ReadResult<?>>> answered) {
    FrameWriter out = Frames.begin(Frames.ANSWER, number, 384 * questions.size());
    out.writeNumber(services.routingVersion().getAsLong());
    int share = settings.maxFrameBytes() / 2 / Math.max(1, questions.size());
    int pageBytes = Math.max(MIN_PAGE_BYTES, Math.min(settings.maxPageBytes(), share));
    List<ReadResult<?>> results = new ArrayList<>(questions.size());
    for (int i = 0; i < questions.size(); i++) {
      ReadResult<?> result = answered.get(i).join();
      results.add(result);
      AnswerCodec.write(questions.get(i).query(), result, pageBytes, out);
    }
    AnswerCodec.writeBounds(results, out);
    return out;
  }
}
