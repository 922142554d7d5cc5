package dev.weir.query.http;

import dev.weir.query.Result;
import dev.weir.store.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An answer and what it lacks, where the caller allows that something is lacking.
 *
 * @param value of the shards that answered
 * @param sources who they are
 * @param missing why the other shards did not answer; empty = the answer is complete
 */
record Parts<T>(T value, List<Result.Source> sources, SortedMap<Integer, Refusal> missing) {
  static final String PARAMETER = "partial";
  static final String HEADER = "Weir-Missing-Shards";

  /** The parts of an answer that is no failure. */
  static <T> Parts<T> of(Result<T> result) {
    if (result instanceof Result.Partial<T> partial) {
      return new Parts<>(partial.value(), partial.sources(), partial.missing());
    }
    Result.Success<T> success = (Result.Success<T>) result;
    return new Parts<>(success.value(), success.sources(), new TreeMap<>());
  }

  static Parameter parameter() {
    return Parameter.query(
        PARAMETER,
        Schemas.flag(false),
        "Whether an answer without the shards that cannot be asked just now will do. It lists them"
            + " under `missing`, and in the header `"
            + HEADER
            + "`. What they hold is not in the answer; nothing is waited for.");
  }

  /** Names the missing shards in the header, if there are any. */
  static Answer header(Answer answer, SortedMap<Integer, Refusal> missing) {
    return missing.isEmpty()
        ? answer
        : answer.header(
            HEADER,
            missing.keySet().stream().map(String::valueOf).collect(Collectors.joining(",")));
  }

  /** Writes the member {@code missing} of a JSON object, with a comma before it. */
  static void write(SortedMap<Integer, Refusal> missing, OutputStream out) throws IOException {
    List<Map<String, Object>> list = new ArrayList<>();
    missing.forEach(
        (shard, refusal) -> {
          Problem problem = Refusals.problem(refusal);
          Map<String, Object> item = new LinkedHashMap<>();
          item.put("shard", shard);
          item.put("problem", problem.type().uri());
          item.put("detail", problem.detail());
          list.add(item);
        });
    out.write(Items.ascii(",\"missing\":"));
    out.write(Json.bytes(list));
  }
}
