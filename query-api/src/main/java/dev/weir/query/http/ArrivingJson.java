package dev.weir.query.http;

import dev.weir.query.Arriving;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** States on their way to a node, as JSON. */
final class ArrivingJson {
  private ArrivingJson() {}

  static List<Map<String, Object>> of(List<Arriving> states) {
    return states.stream().map(ArrivingJson::of).toList();
  }

  private static Map<String, Object> of(Arriving state) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("shard", state.shard());
    json.put("source", state.source());
    json.put("bytes", state.bytes());
    json.put("arrived", state.arrived());
    json.put("bytesPerSecond", state.bytesPerSecond());
    json.put(
        "secondsLeft",
        state.secondsLeft().isPresent() ? (Long) state.secondsLeft().getAsLong() : null);
    json.put("detail", state.detail());
    return json;
  }
}
