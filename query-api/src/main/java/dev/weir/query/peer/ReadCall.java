package dev.weir.query.peer;

import dev.weir.query.ShardQuery;
import dev.weir.store.Query;
import java.util.List;

/** Answers the queries of one call from this node's shards. */
final class ReadCall {
  private static final int MIN_PAGE_BYTES = 64 << 10;

  private final PeerServices services;
  private final PeerSettings settings;

  ReadCall(PeerServices services, PeerSettings settings) {
    this.services = services;
    this.settings = settings;
  }

  FrameWriter answer(int number, List<ShardQuery<?>> questions) {
    FrameWriter out = Frames.begin(Frames.ANSWER, number, 384 * questions.size());
    out.writeNumber(services.routingVersion().getAsLong());
    int share = settings.maxFrameBytes() / 2 / Math.max(1, questions.size());
    int pageBytes = Math.max(MIN_PAGE_BYTES, Math.min(settings.maxPageBytes(), share));
    for (ShardQuery<?> question : questions) {
      answer(question, pageBytes, out);
    }
    return out;
  }

  private <R> void answer(ShardQuery<R> question, int pageBytes, FrameWriter out) {
    Query<R> query = question.query();
    AnswerCodec.write(query, services.reader().read(question.shard(), query), pageBytes, out);
  }
}
