package dev.weir.query.audit;

import dev.weir.store.Key;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Looks among the records behind the cut for those that explain what was seen. Whatever the state
 * had from a record is in the topic by now, so one that is not found here does not exist.
 */
final class Tail implements Consequences.Heard {
  private final Map<Key, Seen> suspects;
  private final Set<Key> explained = new HashSet<>();
  private final Consequences consequences = new Consequences(this);

  Tail(Map<Key, Seen> suspects, Expected expected) {
    this.suspects = suspects;
    for (Key key : suspects.keySet()) {
      expected.of(key).forEach(effect -> consequences.remember(key, effect));
    }
  }

  Consequences consequences() {
    return consequences;
  }

  /** Documents that a newer record has made as they were seen. */
  Set<Key> explained() {
    return explained;
  }

  @Override
  public boolean wants(Key key) {
    return suspects.containsKey(key);
  }

  @Override
  public void hear(Key key, Effect effect) {
    Seen seen = suspects.get(key);
    if (seen != null && effect.leaves(seen.mark())) {
      explained.add(key);
    }
  }
}
