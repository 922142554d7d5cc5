package dev.weir.chaos.load;

import dev.weir.chaos.Answer;
import dev.weir.chaos.Call;
import dev.weir.query.PositionToken;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one client knows: how far it has seen, and what it last saw of each key. */
final class Session {

  private final Map<String, Sight> sights = new HashMap<>();
  private @Nullable PositionToken seen;

  /**
   * A document as the client knows it.
   *
   * @param value of it; {@link Call#ABSENT} = none
   * @param etag of it, or empty
   */
  record Sight(long value, String etag) {}

  /** What the client last saw of a key; null if nothing. */
  @Nullable Sight sight(String key) {
    return sights.get(key);
  }

  /** The token to send along; empty at first. */
  String token() {
    return seen == null ? "" : seen.text();
  }

  /** Takes an answer in. */
  void learn(String key, Call call, Reply reply) {
    PositionToken.parse(reply.token()).ifPresent(token -> seen = merged(seen, token));
    if (reply.answer() instanceof Answer.Seen answer) {
      sights.put(key, new Sight(answer.value(), reply.etag()));
    } else if (reply.answer() instanceof Answer.Done) {
      sights.put(key, new Sight(call.value(), reply.etag()));
    } else if (call.writes()) {
      sights.remove(key);
    }
  }

  private static PositionToken merged(@Nullable PositionToken old, PositionToken token) {
    if (old == null) {
      return token;
    }
    SortedMap<Integer, Long> offsets = new TreeMap<>(old.offsets());
    token.offsets().forEach((shard, offset) -> offsets.merge(shard, offset, Math::max));
    return new PositionToken(token.generation(), token.logId(), offsets);
  }
}
